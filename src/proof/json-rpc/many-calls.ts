import { fromHex } from '../../kernel/index.js';
import { Gathering, type GatheringLimits } from './gathering.js';
import { boolFrom } from './store-calls.js';
import type { RpcNode } from './rpc-node.js';

/**
 * A program that asks many contracts a yes-or-no question each, in one `eth_call`. It is run as the creation code of a contract
 * that is never made, so nothing has to lie on the chain for it. Behind it stand the questions, 56 bytes each: address,
 * selector, one word. It answers a byte for each: 0 no, 1 yes, 2 no answer of that kind. A question gets 100,000 gas, so that no
 * contract can spend what the others need.
 *
 * ```
 *       PUSH1 end  PUSH1 0x80                                    place of the question, place of the answer
 * next: JUMPDEST  DUP2 CODESIZE GT ISZERO PUSH1 done JUMPI
 *       PUSH1 56 DUP3 PUSH1 0x0c CODECOPY                        address to 0x0c, call data to 0x20
 *       PUSH1 32 PUSH1 0x60 PUSH1 36 PUSH1 0x20 PUSH1 0 MLOAD PUSH3 100000 STATICCALL
 *       RETURNDATASIZE PUSH1 32 EQ AND  PUSH1 2 PUSH1 0x60 MLOAD LT AND
 *       DUP1 PUSH1 0x60 MLOAD MUL SWAP1 ISZERO PUSH1 1 SHL ADD   the answer when it is one, else 2
 *       DUP2 MSTORE8  PUSH1 1 ADD SWAP1 PUSH1 56 ADD SWAP1  PUSH1 next JUMP
 * done: JUMPDEST PUSH1 0x80 SWAP1 SUB PUSH1 0x80 RETURN
 * ```
 */
const ASK_MANY =
  '0x604e60805b81381115604657603882600c396020606060246020600051620186a0fa3d60201416600260605110' +
  '168060605102901560011b01815360010190603801906004565b608090036080f3';

/**
 * Creation code may have 48 KiB (EIP-3860), and its answer 24 (EIP-170): far from both. Few are under way, since the longer an
 * answer takes, the more questions the next request carries.
 */
const LIMITS: GatheringLimits = { most: () => 400, mostUnderWay: 2 };

type Call = {
  readonly to: string;
  readonly data: string;
  readonly resolve: (answer: boolean) => void;
  readonly reject: (error: unknown) => void;
};

/** Asks one node what contracts answer with yes or no, many questions at a time. */
export class ManyCalls {
  private readonly calls = new Gathering<Call>(LIMITS, (calls) => this.send(calls));
  private takesMany = true;

  constructor(private readonly node: RpcNode) {}

  /** Throws like `RpcNode.ask`, and `TypeError` when the contract answers neither yes nor no. */
  ask(to: string, data: string): Promise<boolean> {
    return new Promise((resolve, reject) => {
      if (!/^0x[0-9a-f]{40}$/i.test(to)) {
        throw new TypeError(`"${to}" is not an address`);
      }
      this.calls.add({ to, data, resolve, reject });
    });
  }

  /** A node that does not run the program, and a contract that fails in it, are asked plainly. Never rejects. */
  private async send(calls: readonly Call[]): Promise<void> {
    const answers = calls.length === 1 || !this.takesMany ? undefined : await this.askTogether(calls);
    this.takesMany &&= calls.length === 1 || answers !== undefined;
    const open = calls.filter(({ resolve }, index) => {
      const answer = answers?.[index];
      const isAnswered = answer === 0 || answer === 1;
      if (isAnswered) {
        resolve(answer === 1);
      }
      return !isAnswered;
    });
    await Promise.all(open.map((call) => this.askAlone(call)));
  }

  private async askTogether(calls: readonly Call[]): Promise<Uint8Array | undefined> {
    const data = ASK_MANY + calls.map((call) => call.to.slice(2).toLowerCase() + call.data.slice(2)).join('');
    try {
      const answers = fromHex(String(await this.node.ask('eth_call', { data }, 'latest')));
      return answers.length === calls.length ? answers : undefined;
    } catch {
      // Asked plainly, each question will tell what is wrong.
      return undefined;
    }
  }

  private async askAlone({ to, data, resolve, reject }: Call): Promise<void> {
    try {
      resolve(boolFrom(await this.node.ask('eth_call', { to, data }, 'latest')));
    } catch (error) {
      reject(error);
    }
  }
}
