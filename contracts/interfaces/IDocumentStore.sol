// SPDX-License-Identifier: AGPL-3.0-only
pragma solidity 0.8.37;

/**
 * @title One issuer's register of anchored roots and of revocations.
 *
 * What it promises:
 * - A root, once anchored, stays: nobody, the admin included, can remove it or alter its record. There is no upgrade path.
 * - A revocation, once made, stays.
 * - `head` chains all roots in order, so that anyone can replay the `Anchored` events and see that none is missing.
 * - A relayer whose key is stolen can anchor roots and do nothing else: not revoke, not alter, not appoint. Yet what is
 *   anchored here is issued in the issuer's name: until the relayer is removed and the roots that it added are revoked, the
 *   thief's documents are as good as the issuer's, and can be materialised, see `materialise`.
 *
 * `isIssued` and `isRevoked` are the two questions that OpenAttestation verifiers ask. The store deliberately answers no
 * ERC-165 query: verifiers that take it for a "batchable" store would call functions that it does not have.
 */
interface IDocumentStore {
    /// @notice A root was anchored. `head` is the chained head after it. Who asked for it, the transaction tells.
    event Anchored(bytes32 indexed root, uint64 count, bytes32 head);

    /// @notice A leaf, an inner node or a root was revoked, with everything below it.
    event Revoked(bytes32 indexed hash);

    /// @notice A document's contract was put at the address printed on the document.
    event Materialised(bytes32 indexed docId, address indexed document, bytes32 leaf, bytes32 root);

    /// @notice `candidate` may now accept the admin's role; zero withdraws the offer.
    event AdminOffered(address indexed admin, address indexed candidate);

    /// @notice The admin's role passed on.
    event AdminChanged(address indexed previousAdmin, address indexed admin);

    /// @notice `relayer` may anchor from now on.
    event RelayerAdded(address indexed relayer);

    /// @notice `relayer` may no longer anchor.
    event RelayerRemoved(address indexed relayer);

    /// @dev The caller, or the operator the factory calls for, lacks the role.
    error DocumentStoreUnauthorised(address account);

    /// @dev Only the factory may initialise, and speak for an operator.
    error DocumentStoreNotFactory(address account);

    /// @dev The roles are already set.
    error DocumentStoreAlreadyInitialised();

    /// @dev A store without an admin could never revoke.
    error DocumentStoreInvalidAdmin(address admin);

    /// @dev Zero is no hash.
    error DocumentStoreInvalidHash();

    /// @dev The root is not in this store.
    error DocumentStoreNotAnchored(bytes32 root);

    /// @dev The root is in this store, and the issuer has revoked it.
    error DocumentStoreRevoked(bytes32 root);

    /// @dev The proof leads from the document to `computed`, not to the root that was named.
    error DocumentStoreProofMismatch(bytes32 root, bytes32 computed);

    /// @dev The document has been materialised with another leaf.
    error DocumentStoreLeafConflict(address document, bytes32 leaf);

    /// @dev The document's contract could not be created.
    error DocumentStoreCreationFailed(bytes32 docId);

    /// @dev `documentCode` answers only while `materialise` runs.
    error DocumentStoreNotMaterialising();

    /**
     * @notice Sets the roles. MUST be called by the factory, in the transaction that creates the store, and only once.
     */
    function initialise(address firstAdmin, address firstRelayer, bytes32 key) external;

    // ------------------------------------------------------------------------------------------------- roots

    /**
     * @notice Anchors `root`, for the admin or a relayer.
     *
     * Anchoring a known root MUST change nothing and MUST NOT fail, so a transaction may be sent again after a crash.
     *
     * @param count how many entries the batch has. It is what the operator claimed and nothing checks it: it MUST NOT be
     * used to accept or refuse a proof, because a stolen relayer key could then spoil an honest root.
     */
    function anchor(bytes32 root, uint64 count) external;

    /// @notice The same for `operator`, who called the factory. MUST be called by the factory.
    function anchorFor(address operator, bytes32 root, uint64 count) external;

    /// @notice Whether `root` has been anchored. Leaves and inner nodes are not issued by themselves: verify their proof.
    function isIssued(bytes32 root) external view returns (bool);

    /// @notice The time of the block that anchored `root`, in seconds; zero when it was never anchored.
    function anchoredAt(bytes32 root) external view returns (uint64);

    /// @notice The whole record of `root`: time, block and claimed count; all zero when it was never anchored.
    function anchorOf(bytes32 root) external view returns (uint64 time, uint64 blockNumber, uint64 count);

    /**
     * @notice `keccak256(abi.encode(previousHead, root, count))` of the last anchored root; zero before the first.
     */
    function head() external view returns (bytes32);

    // ------------------------------------------------------------------------------------------- revocations

    /// @notice Revokes a leaf, an inner node or a root, for ever. Only the admin. Doing it again changes nothing.
    function revoke(bytes32 hash) external;

    /// @notice The same for each of `hashes`.
    function revokeMany(bytes32[] calldata hashes) external;

    /**
     * @notice Whether exactly this hash has been revoked. A document is revoked when its leaf, its root or any node on
     * the path between them is.
     */
    function isRevoked(bytes32 hash) external view returns (bool);

    /// @notice When `hash` was revoked, in seconds; zero when it was not.
    function revokedAt(bytes32 hash) external view returns (uint64);

    // --------------------------------------------------------------------------------------------- documents

    /**
     * @notice Puts a document's contract at its printed address. Anyone who holds the proof may call it.
     *
     * The entry of a document in a batch is `keccak256(leaf ‖ docId)`, the two sorted ascending: the entry commits to
     * both, so the leaf of another document cannot take this address. MUST refuse a root that is not anchored here, a root
     * that is revoked, and a proof that does not lead to the root. MUST change nothing when the document has been materialised with the same leaf.
     *
     * Sorted pairs do not tell an entry from an inner node. Two neighbouring nodes of a tree can therefore be passed off
     * as `docId` and `leaf`, which makes a contract at an address that no document prints. A reader MUST compare
     * `docId` with the digest of the document at hand, as the printed address already does.
     *
     * Whoever can anchor can pair the docId of a document that he has seen with a leaf of his own, and is here first for ever
     * when nobody has materialised the document before him. A reader MUST therefore compare `leaf` with that of the document
     * at hand too: a contract with another leaf says nothing about the document. Revoking a foreign root keeps it from
     * being materialised afterwards.
     *
     * @param proof the siblings from the entry up to the root.
     */
    function materialise(
        bytes32 docId,
        bytes32 leaf,
        bytes32 root,
        bytes32[] calldata proof
    ) external returns (address document);

    /// @notice The address printed on the document, whether or not it has been materialised.
    function documentAddress(bytes32 docId) external view returns (address);

    /**
     * @notice The run-time code of the document that is being materialised: what `DocumentInitCode` asks its creator for.
     * MUST fail at any other time.
     */
    function documentCode() external view returns (bytes memory);

    // ------------------------------------------------------------------------------------------------- roles

    /// @notice Offers the admin's role to `candidate`, who has it once accepted; zero withdraws the offer.
    function offerAdmin(address candidate) external;

    /// @notice Accepts the role that was offered to the caller. Relayers stay who they are.
    function acceptAdmin() external;

    /// @notice Lets `relayer` anchor. Only the admin.
    function addRelayer(address relayer) external;

    /// @notice Takes that right back. Roots that it anchored stay. Only the admin.
    function removeRelayer(address relayer) external;

    function admin() external view returns (address);

    /// @notice Who has been offered the admin's role; zero when nobody has.
    function offeredAdmin() external view returns (address);

    function isRelayer(address account) external view returns (bool);

    /// @notice The key that the store's address was derived from.
    function issuerKey() external view returns (bytes32);

    function factory() external view returns (address);
}
