import { ChainUnreachable, StoreNotFound, TransactionRefused, WrongChain } from '../platform/chain/index.js';
import { NO_MONEY, SETBACKS } from './anchoring.errors.js';
import { type GasAccount, gasTodo } from './gas-accounts.js';
import type { StuckAnchor } from './stuck-batches.repository.js';

/** Why a batch is stuck, for a program, and in sentences for a person. */
export type StuckReason = { readonly code: string; readonly why: string; readonly todo: string };

type Sentences = Omit<StuckReason, 'code'>;

const noMoney: Sentences = {
  why: 'The relayer’s account could not pay for the transaction. Documents are issued all the same, and wait for their anchor.',
  todo: 'It has gas money by now: what waits is sent again within seconds. If not, send more; `accounts` tells what each has.',
};

/** By the code that is noted on the anchor; see `SETBACKS` and the errors of `platform/chain`. */
const REASONS: Readonly<Record<string, Sentences>> = {
  [SETBACKS.unknownStore]: {
    why: 'Nobody here knows the store of this issuer.',
    todo: 'Look whether the issuer was admitted completely: `cli list-issuers`.',
  },
  [SETBACKS.unauthorised]: {
    why: 'The issuer’s store does not admit our relayer, so a transaction would be paid for in vain.',
    todo: 'Run `cli admit-relayers` with the admin’s key, or run with the relayer’s key that the store admits.',
  },
  [SETBACKS.skipped]: {
    why: 'The transaction is in a block and left this root out.',
    todo: 'The reason follows the code, ABI-encoded. It is tried again; if it is left out again, ask who changed the store’s roles.',
  },
  [SETBACKS.reverted]: {
    why: 'The transaction that carried it has failed in its block: most likely it ran out of gas.',
    todo: 'It is tried again five minutes later. If that fails too, look the transaction up on the chain.',
  },
  [SETBACKS.nonceTaken]: {
    why: 'Another transaction of our account, which we did not sign, has taken the nonce.',
    todo: 'It is sent again with the next one. Find out who else has the relayer’s key: nothing else may sign with it.',
  },
  [SETBACKS.reorganised]: {
    why: 'The block that held it is no longer part of the chain.',
    todo: 'Nothing: the same bytes are sent again. If it lasts, look whether the node follows the right chain.',
  },
  [SETBACKS.relayerGone]: {
    why: 'It was signed with a relayer’s key that is configured no more, and no block has taken it.',
    todo: 'Nothing: a relayer of today carries it within seconds.',
  },
  [SETBACKS.lost]: {
    why: '`cli reconcile` found that the chain does not hold it, and had it sent again.',
    todo: 'Nothing, if it moves within some minutes.',
  },
  [ChainUnreachable.code]: {
    why: 'The chain could not be asked.',
    todo: 'Look at the node and the network. What is pending goes out by itself when the node answers.',
  },
  [WrongChain.code]: {
    why: 'The node serves another chain than the one that is configured, so nothing is signed.',
    todo: 'Set the chain’s URLs to nodes of the chain whose id is configured.',
  },
  [StoreNotFound.code]: {
    why: 'No store answers at the issuer’s address on this chain.',
    todo: 'Run `cli deploy-stores`.',
  },
  [NO_MONEY]: noMoney,
  [TransactionRefused.codeWith('underpriced')]: {
    why: 'The node does not take the transaction for the fee that it offers.',
    todo: 'The fee is raised by itself up to CHAIN_MAX_FEE_GWEI: raise that setting if the chain asks for more.',
  },
  [TransactionRefused.codeWith('other')]: {
    why: 'The node does not take the transaction.',
    todo: 'The log line `anchor.broadcast-failed` and the node’s own log tell more. The same bytes are sent again.',
  },
};

const NOT_CONFIGURED: StuckReason = {
  code: 'chain.not-configured',
  why: 'It was to be anchored on a chain that is configured no more.',
  todo: 'Configure the chain again, or accept that this batch is not anchored there.',
};
const NOT_SENT: StuckReason = {
  code: 'anchoring.not-sent',
  why: 'No transaction was signed for it yet.',
  todo: 'Look whether workers run, and whether many transactions of the relayer are under way: roots wait for their turn.',
};
const NOT_MINED: StuckReason = {
  code: 'anchoring.not-mined',
  why: 'Its transaction was sent and is in no block yet.',
  todo: 'Look whether the chain makes blocks. If others outbid it, the fee is raised by itself up to CHAIN_MAX_FEE_GWEI; compare the two.',
};

/** The reason why an anchor does not move. A code that carries a detail behind a colon is told with its detail. */
export function stuckReason(anchor: StuckAnchor, isConfigured: boolean, accounts: readonly GasAccount[]): StuckReason {
  if (!isConfigured) {
    return NOT_CONFIGURED;
  }
  const reason = notedReason(anchor);
  const payers = accounts.filter(({ chainId, role }) => chainId === anchor.chainId && role === 'relayer');
  const todos = payers.flatMap((account) => gasTodo(account) ?? []);
  const isForMoney = reason.code === NO_MONEY || (reason === NOT_SENT && todos.length === payers.length);
  return isForMoney && todos.length > 0 ? { code: NO_MONEY, ...noMoney, todo: todos.join(' ') } : reason;
}

function notedReason({ lastError, state }: StuckAnchor): StuckReason {
  if (lastError === null) {
    return state === 'pending' ? NOT_SENT : NOT_MINED;
  }
  const [code = lastError] = lastError.split(': ');
  const sentences = REASONS[lastError] ?? REASONS[code];
  return {
    code: lastError,
    ...(sentences ?? { why: 'It failed for a reason of this code.', todo: 'Look it up in the log.' }),
  };
}
