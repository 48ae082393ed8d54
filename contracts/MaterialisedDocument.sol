// SPDX-License-Identifier: AGPL-3.0-only
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {IDocumentStore} from "./interfaces/IDocumentStore.sol";
import {IMaterialisedDocument} from "./interfaces/IMaterialisedDocument.sol";

/**
 * @title What all document contracts delegate to. Documentation in {IMaterialisedDocument}.
 *
 * It has no storage. The answers are 128 bytes behind the code of each document's minimal proxy, written there by
 * {DocumentStore-documentCode}: `abi.encode(docId, leaf, root, store << 64 | anchoredAt)`.
 */
contract MaterialisedDocument is IMaterialisedDocument {
    struct Facts {
        bytes32 docId;
        bytes32 leaf;
        bytes32 root;
        address store;
        uint64 anchoredAt;
    }

    function docId() external view returns (bytes32) {
        return _facts().docId;
    }

    function leaf() external view returns (bytes32) {
        return _facts().leaf;
    }

    function root() external view returns (bytes32) {
        return _facts().root;
    }

    function anchoredAt() external view returns (uint64) {
        return _facts().anchoredAt;
    }

    function store() external view returns (address) {
        return _facts().store;
    }

    function isRevoked() external view returns (bool) {
        Facts memory facts = _facts();
        IDocumentStore register = IDocumentStore(facts.store);
        return
            register.isRevoked(facts.leaf) ||
            register.isRevoked(facts.docId) ||
            register.isRevoked(Hashes.commutativeKeccak256(facts.leaf, facts.docId)) ||
            register.isRevoked(facts.root);
    }

    function _facts() private view returns (Facts memory facts) {
        uint256 origin;
        (facts.docId, facts.leaf, facts.root, origin) = abi.decode(
            Clones.fetchCloneArgs(address(this)),
            (bytes32, bytes32, bytes32, uint256)
        );
        facts.store = address(uint160(origin >> 64));
        facts.anchoredAt = uint64(origin);
    }
}
