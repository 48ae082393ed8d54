// SPDX-License-Identifier: AGPL-3.0-only
pragma solidity 0.8.37;

/**
 * @title The constant that fixes every printed document address.
 *
 * `address = keccak256(0xff ‖ store ‖ docId ‖ keccak256(CODE))[12:]`. CODE therefore MUST NEVER change: neither by hand,
 * nor by another compiler, which is why it is bytes and not Solidity. It holds no argument and no implementation: it asks
 * its creator, the store, `documentCode()` and becomes what is answered.
 *
 * <pre>
 * 00  63 99a0fb6f  PUSH4 documentCode()       selector
 * 05  5f           PUSH0
 * 06  52           MSTORE                     memory[28..32) = selector
 * 07  5f           PUSH0                      returned bytes wanted: none yet
 * 08  5f           PUSH0
 * 09  60 04        PUSH1 4                    four bytes ...
 * 0b  60 1c        PUSH1 28                   ... from 28 on
 * 0d  33           CALLER                     the store
 * 0e  5a           GAS
 * 0f  fa           STATICCALL                 success
 * 10  3d           RETURNDATASIZE
 * 11  5f           PUSH0
 * 12  5f           PUSH0
 * 13  3e           RETURNDATACOPY             memory[0..) = abi.encode(bytes): offset, length, code
 * 14  60 1a        PUSH1 1a
 * 16  57           JUMPI                      when it succeeded
 * 17  3d           RETURNDATASIZE
 * 18  5f           PUSH0
 * 19  fd           REVERT                     with the store's own error
 * 1a  5b           JUMPDEST
 * 1b  60 20        PUSH1 32
 * 1d  51           MLOAD                      length
 * 1e  60 40        PUSH1 64                   where the code starts
 * 20  f3           RETURN
 * </pre>
 */
library DocumentInitCode {
    bytes internal constant CODE = hex"6399a0fb6f5f525f5f6004601c335afa3d5f5f3e601a573d5ffd5b6020516040f3";
}
