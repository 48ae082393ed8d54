// SPDX-License-Identifier: AGPL-3.0-only
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {DocumentStore} from "./DocumentStore.sol";
import {IDocumentStore} from "./interfaces/IDocumentStore.sol";
import {IStoreFactory} from "./interfaces/IStoreFactory.sol";

/// @title Makes stores and carries roots to many of them. Documentation in {IStoreFactory}.
contract StoreFactory is IStoreFactory {
    address private immutable STORE_IMPLEMENTATION;

    /// @dev What every clone of the implementation has as code hash. Whoever deployed such a clone, the code is ours.
    bytes32 private immutable STORE_CODE_HASH;

    constructor() {
        address implementation = address(new DocumentStore());
        STORE_IMPLEMENTATION = implementation;
        STORE_CODE_HASH = keccak256(
            abi.encodePacked(hex"363d3d373d3d3d363d73", implementation, hex"5af43d82803e903d91602b57fd5bf3")
        );
    }

    function createStore(address admin, address relayer, bytes32 issuerKey) external returns (address store) {
        store = storeAddress(admin, relayer, issuerKey);
        if (store.code.length != 0) return store;
        Clones.cloneDeterministic(STORE_IMPLEMENTATION, _salt(admin, relayer, issuerKey));
        IDocumentStore(store).initialise(admin, relayer, issuerKey);
        emit StoreCreated(store, issuerKey, admin, relayer);
    }

    function anchorMany(address[] calldata stores, bytes32[] calldata roots, uint64[] calldata counts) external {
        if (stores.length != roots.length || stores.length != counts.length) {
            revert StoreFactoryLengthMismatch(stores.length, roots.length, counts.length);
        }
        for (uint256 index = 0; index < stores.length; ++index) {
            _anchor(stores[index], roots[index], counts[index]);
        }
    }

    function storeAddress(address admin, address relayer, bytes32 issuerKey) public view returns (address store) {
        return Clones.predictDeterministicAddress(STORE_IMPLEMENTATION, _salt(admin, relayer, issuerKey));
    }

    function storeImplementation() external view returns (address) {
        return STORE_IMPLEMENTATION;
    }

    function _anchor(address store, bytes32 root, uint64 count) private {
        if (store.codehash != STORE_CODE_HASH) {
            emit AnchorSkipped(store, root, abi.encodeWithSelector(StoreFactoryNotAStore.selector, store));
            return;
        }
        try IDocumentStore(store).anchorFor(msg.sender, root, count) {} catch (bytes memory reason) {
            // Our store always says why it refuses; silence is the lack of gas.
            if (reason.length == 0) revert StoreFactoryOutOfGas(store);
            emit AnchorSkipped(store, root, reason);
        }
    }

    function _salt(address admin, address relayer, bytes32 issuerKey) private pure returns (bytes32) {
        return keccak256(abi.encode(admin, relayer, issuerKey));
    }
}
