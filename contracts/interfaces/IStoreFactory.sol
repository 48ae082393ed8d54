// SPDX-License-Identifier: AGPL-3.0-only
pragma solidity 0.8.37;

/**
 * @title One factory per chain, at the same address on every chain: it makes the issuers' stores and carries the roots
 * of many issuers in one transaction.
 *
 * The factory has no owner, no state and no upgrade path. It is deployed through the deterministic deployment proxy
 * `0x4e59b44847b379578588920cA78FbF26c0B4956C`, so its address depends on nothing but its code.
 */
interface IStoreFactory {
    /// @notice A store was created. Its roles can change later; these are the ones that its address was derived from.
    event StoreCreated(address indexed store, bytes32 indexed issuerKey, address admin, address relayer);

    /**
     * @notice One entry of `anchorMany` was left out, and the entries after it were still carried.
     * @param reason the ABI-encoded error: of the store, or `StoreFactoryNotAStore`.
     */
    event AnchorSkipped(address indexed store, bytes32 indexed root, bytes reason);

    /// @dev The three lists of `anchorMany` differ in length.
    error StoreFactoryLengthMismatch(uint256 stores, uint256 roots, uint256 counts);

    /// @dev The address does not run this factory's store code. Only ever seen inside `AnchorSkipped`.
    error StoreFactoryNotAStore(address store);

    /// @dev A store ran out of gas. Everything is undone: an entry is never left out for want of gas.
    error StoreFactoryOutOfGas(address store);

    /**
     * @notice Creates an issuer's store with its roles already set. Anyone may call it.
     *
     * The roles are part of the address: whoever calls first, the store at this address has these roles and no others.
     * MUST return the existing store, and change nothing, when it has been created before, whatever its roles are now.
     *
     * A store begins on every chain with the roles that its address was derived from, also where they were taken away on
     * another chain. So whoever has the key of a first relayer can create the store on a chain where nobody has yet, and anchor in it
     * until the admin removes him there; and whoever has that of a first admin who has handed over is the admin there. A
     * verifier MUST NOT believe a store on a chain that the issuer does not use.
     *
     * @param admin may revoke, appoint relayers and hand the store over; MUST NOT be zero.
     * @param relayer may anchor roots and nothing else; zero appoints nobody.
     * @param issuerKey what tells this store from others with the same roles; the issuer chooses it once.
     */
    function createStore(address admin, address relayer, bytes32 issuerKey) external returns (address store);

    /// @notice Where `createStore` puts, or has put, the store. The same on every chain.
    function storeAddress(address admin, address relayer, bytes32 issuerKey) external view returns (address store);

    /**
     * @notice Anchors `roots[i]`, a batch of `counts[i]` entries, in `stores[i]`, for the caller.
     *
     * Each store decides for itself whether the *caller of this function* may anchor in it. A store that refuses, and an
     * address that is no store, is reported by `AnchorSkipped` and does not keep the others' roots from being anchored.
     * So a successful transaction MUST NOT be read as "anchored": ask the store.
     *
     * Only code that this factory knows is ever called, so no entry can burn the others' gas or call back.
     */
    function anchorMany(address[] calldata stores, bytes32[] calldata roots, uint64[] calldata counts) external;

    /// @notice The code that every store of this factory delegates to.
    function storeImplementation() external view returns (address);
}
