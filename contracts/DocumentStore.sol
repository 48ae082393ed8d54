// SPDX-License-Identifier: AGPL-3.0-only
pragma solidity 0.8.37;

import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {DocumentInitCode} from "./DocumentInitCode.sol";
import {MaterialisedDocument} from "./MaterialisedDocument.sol";
import {IDocumentStore} from "./interfaces/IDocumentStore.sol";
import {IMaterialisedDocument} from "./interfaces/IMaterialisedDocument.sol";

/**
 * @title One issuer's register. Documentation in {IDocumentStore}.
 *
 * Every issuer's store is an EIP-1167 clone of one implementation. The implementation has no admin and no relayer, and
 * only the factory could give it any, which it never does: it refuses every change.
 */
contract DocumentStore is IDocumentStore {
    address private immutable FACTORY;
    address private immutable DOCUMENT_IMPLEMENTATION;

    bytes32 private _head;
    address private _admin;
    address private _offeredAdmin;
    bytes32 private _issuerKey;
    mapping(address account => bool) private _relayers;
    /// @dev `count << 128 | blockNumber << 64 | time`, packed by hand to write the slot without reading it first.
    mapping(bytes32 root => uint256 record) private _anchors;
    mapping(bytes32 hash => uint64 time) private _revocations;

    // What `documentCode` answers while `materialise` runs; `_anchoredAt` is zero at any other time.
    bytes32 private transient _docId;
    bytes32 private transient _leaf;
    bytes32 private transient _root;
    uint64 private transient _anchoredAt;

    modifier onlyAdmin() {
        if (msg.sender != _admin) revert DocumentStoreUnauthorised(msg.sender);
        _;
    }

    modifier onlyFactory() {
        if (msg.sender != FACTORY) revert DocumentStoreNotFactory(msg.sender);
        _;
    }

    constructor() {
        FACTORY = msg.sender;
        DOCUMENT_IMPLEMENTATION = address(new MaterialisedDocument());
    }

    function initialise(address firstAdmin, address firstRelayer, bytes32 key) external onlyFactory {
        if (_admin != address(0)) revert DocumentStoreAlreadyInitialised();
        if (firstAdmin == address(0)) revert DocumentStoreInvalidAdmin(firstAdmin);
        _admin = firstAdmin;
        _issuerKey = key;
        emit AdminChanged(address(0), firstAdmin);
        if (firstRelayer != address(0)) {
            _relayers[firstRelayer] = true;
            emit RelayerAdded(firstRelayer);
        }
    }

    // ------------------------------------------------------------------------------------------------- roots

    function anchor(bytes32 root, uint64 count) external {
        _anchor(msg.sender, root, count);
    }

    function anchorFor(address operator, bytes32 root, uint64 count) external onlyFactory {
        _anchor(operator, root, count);
    }

    function isIssued(bytes32 root) external view returns (bool) {
        return _anchors[root] != 0;
    }

    function anchoredAt(bytes32 root) external view returns (uint64) {
        return uint64(_anchors[root]);
    }

    function anchorOf(bytes32 root) external view returns (uint64 time, uint64 blockNumber, uint64 count) {
        uint256 record = _anchors[root];
        return (uint64(record), uint64(record >> 64), uint64(record >> 128));
    }

    function head() external view returns (bytes32) {
        return _head;
    }

    // ------------------------------------------------------------------------------------------- revocations

    function revoke(bytes32 hash) external onlyAdmin {
        _revoke(hash);
    }

    function revokeMany(bytes32[] calldata hashes) external onlyAdmin {
        for (uint256 index = 0; index < hashes.length; ++index) {
            _revoke(hashes[index]);
        }
    }

    function isRevoked(bytes32 hash) external view returns (bool) {
        return _revocations[hash] != 0;
    }

    function revokedAt(bytes32 hash) external view returns (uint64) {
        return _revocations[hash];
    }

    // --------------------------------------------------------------------------------------------- documents

    function materialise(
        bytes32 docId,
        bytes32 leaf,
        bytes32 root,
        bytes32[] calldata proof
    ) external returns (address document) {
        uint64 time = uint64(_anchors[root]);
        if (time == 0) revert DocumentStoreNotAnchored(root);
        if (_revocations[root] != 0) revert DocumentStoreRevoked(root);
        bytes32 computed = MerkleProof.processProofCalldata(proof, Hashes.commutativeKeccak256(leaf, docId));
        if (computed != root) revert DocumentStoreProofMismatch(root, computed);

        document = documentAddress(docId);
        if (document.code.length != 0) {
            if (IMaterialisedDocument(document).leaf() != leaf) revert DocumentStoreLeafConflict(document, leaf);
            return document;
        }
        (_docId, _leaf, _root, _anchoredAt) = (docId, leaf, root, time);
        if (Create2.deploy(0, docId, DocumentInitCode.CODE) != document) revert DocumentStoreCreationFailed(docId);
        _anchoredAt = 0;
        emit Materialised(docId, document, leaf, root);
    }

    function documentAddress(bytes32 docId) public view returns (address) {
        return Create2.computeAddress(docId, keccak256(DocumentInitCode.CODE));
    }

    /// @dev An EIP-1167 proxy with arguments, the layout that OpenZeppelin's `Clones.fetchCloneArgs` reads.
    function documentCode() external view returns (bytes memory) {
        if (_anchoredAt == 0) revert DocumentStoreNotMaterialising();
        return
            abi.encodePacked(
                hex"363d3d373d3d3d363d73",
                DOCUMENT_IMPLEMENTATION,
                hex"5af43d82803e903d91602b57fd5bf3",
                abi.encode(_docId, _leaf, _root, (uint256(uint160(address(this))) << 64) | _anchoredAt)
            );
    }

    // ------------------------------------------------------------------------------------------------- roles

    function offerAdmin(address candidate) external onlyAdmin {
        _offeredAdmin = candidate;
        emit AdminOffered(msg.sender, candidate);
    }

    function acceptAdmin() external {
        if (msg.sender != _offeredAdmin) revert DocumentStoreUnauthorised(msg.sender);
        address previousAdmin = _admin;
        _admin = msg.sender;
        _offeredAdmin = address(0);
        emit AdminChanged(previousAdmin, msg.sender);
    }

    function addRelayer(address relayer) external onlyAdmin {
        if (_relayers[relayer]) return;
        _relayers[relayer] = true;
        emit RelayerAdded(relayer);
    }

    function removeRelayer(address relayer) external onlyAdmin {
        if (!_relayers[relayer]) return;
        _relayers[relayer] = false;
        emit RelayerRemoved(relayer);
    }

    function admin() external view returns (address) {
        return _admin;
    }

    function offeredAdmin() external view returns (address) {
        return _offeredAdmin;
    }

    function isRelayer(address account) external view returns (bool) {
        return _relayers[account];
    }

    function issuerKey() external view returns (bytes32) {
        return _issuerKey;
    }

    function factory() external view returns (address) {
        return FACTORY;
    }

    // ----------------------------------------------------------------------------------------------- private

    function _anchor(address operator, bytes32 root, uint64 count) private {
        if (!_relayers[operator] && operator != _admin) revert DocumentStoreUnauthorised(operator);
        if (root == bytes32(0)) revert DocumentStoreInvalidHash();
        if (_anchors[root] != 0) return;
        _anchors[root] = (uint256(count) << 128) | (block.number << 64) | block.timestamp;
        bytes32 newHead = keccak256(abi.encode(_head, root, count));
        _head = newHead;
        emit Anchored(root, count, newHead);
    }

    function _revoke(bytes32 hash) private {
        if (hash == bytes32(0)) revert DocumentStoreInvalidHash();
        if (_revocations[hash] != 0) return;
        _revocations[hash] = uint64(block.timestamp);
        emit Revoked(hash);
    }
}
