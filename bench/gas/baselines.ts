import { readFileSync } from 'node:fs';
import solc from 'solc';

export type Compiled = { readonly abi: readonly object[]; readonly bytecode: string };

const FILE = 'bench/gas/contracts/Baselines.sol';

type Output = {
  readonly contracts: Readonly<
    Record<
      string,
      Record<
        string,
        { readonly abi: readonly object[]; readonly evm: { readonly bytecode: { readonly object: string } } }
      >
    >
  >;
};

/** Compiles one of the baselines with the settings of our own contracts. */
export function compileBaseline(name: 'EventOnly' | 'RootMapping'): Compiled {
  const compile = solc.compile as (input: string) => string;
  const answer = compile(
    JSON.stringify({
      language: 'Solidity',
      sources: { [FILE]: { content: readFileSync(FILE, 'utf8') } },
      settings: {
        evmVersion: 'cancun',
        viaIR: true,
        optimizer: { enabled: true, runs: 1_000_000 },
        metadata: { bytecodeHash: 'none', appendCBOR: false },
        outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
      },
    }),
  );
  const contract = (JSON.parse(answer) as Output).contracts[FILE]?.[name];
  if (contract === undefined) {
    throw new Error(`${FILE} has no contract ${name} that compiles`);
  }
  return { abi: contract.abi, bytecode: `0x${contract.evm.bytecode.object}` };
}
