import { addressOf, type StoreRoles } from '../platform/chain/index.js';
import type { Settings } from '../platform/config/index.js';

/** Accounts that a store's address is derived from, EIP-55: the admin revokes, the relayer anchors. */
export type RoleAccounts = { readonly admin: string; readonly relayer: string };

/** The roles that this process gives to new stores. */
export function accountsOf(settings: Settings): RoleAccounts {
  return { admin: addressOf(settings.chainAdminKey), relayer: addressOf(settings.chainRelayerKey) };
}

/** What the address of an issuer's store is derived from. */
export function storeRolesOf(issuerId: string, accounts: RoleAccounts): StoreRoles {
  return { ...accounts, issuerKey: issuerKeyOf(issuerId) };
}

/** The 32 bytes that tell the stores of one admin apart: the issuer's id, left-padded. */
function issuerKeyOf(issuerId: string): string {
  return `0x${issuerId.replaceAll('-', '').padStart(64, '0')}`;
}
