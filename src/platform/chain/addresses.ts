import { AbiCoder, type BytesLike, getAddress, getCreate2Address, hexlify, keccak256 } from 'ethers';
import { documentInitCodeHash, storeFactory, storeInitCodeHash } from './abi/constants.js';

/** What a store's address is derived from. Addresses and keys are 0x text or bytes. */
export type StoreRoles = {
  /** May revoke and appoint relayers. */
  readonly admin: BytesLike;
  /** May anchor. */
  readonly relayer: BytesLike;
  /** 32 bytes that tell the issuer's store from others with the same roles. */
  readonly issuerKey: BytesLike;
};

/** The factory's address, the same on every chain. */
export function factoryAddress(): string {
  return storeFactory;
}

/** Where the factory creates, or has created, the store. Needs no chain. */
export function storeAddress({ admin, relayer, issuerKey }: StoreRoles): string {
  const roles = [toAddress(admin), toAddress(relayer), hexlify(issuerKey)];
  const salt = keccak256(AbiCoder.defaultAbiCoder().encode(['address', 'address', 'bytes32'], roles));
  return getCreate2Address(storeFactory, salt, storeInitCodeHash);
}

/** The address printed on a document: it follows from the issuer's store and the docId alone. Needs no chain. */
export function documentAddress(store: BytesLike, docId: BytesLike): string {
  return getCreate2Address(toAddress(store), docId, documentInitCodeHash);
}

/** Checksummed 0x text of 20 bytes or of any accepted spelling. */
export function toAddress(address: BytesLike): string {
  return getAddress(hexlify(address));
}
