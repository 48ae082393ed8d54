// SPDX-License-Identifier: AGPL-3.0-only
pragma solidity 0.8.37;

/**
 * @title A document that answers for itself, at the address that was printed on it before it was on any chain.
 *
 * Its answers are part of its code: nothing can change them, except that the issuer may revoke it in the store.
 */
interface IMaterialisedDocument {
    /// @notice The digest of what the document says.
    function docId() external view returns (bytes32);

    /**
     * @notice The digest of the issued document: what it says, and the PDF it was issued as. Compare it with that of the document
     * at hand: see {IDocumentStore-materialise}.
     */
    function leaf() external view returns (bytes32);

    /// @notice The anchored root that the leaf was proved to be under.
    function root() external view returns (bytes32);

    /// @notice When that root was anchored, in seconds.
    function anchoredAt() external view returns (uint64);

    /// @notice The issuer's store. Who the issuer is, the issuer's domain tells, not the chain.
    function store() external view returns (address);

    /**
     * @notice Whether the issuer has revoked the document: by its docId, its leaf, its entry or its root.
     *
     * It does not know the inner nodes of its batch: issuers MUST NOT revoke a document by one of those.
     */
    function isRevoked() external view returns (bool);
}
