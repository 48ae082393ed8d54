// SPDX-License-Identifier: AGPL-3.0-only
pragma solidity 0.8.37;

/// @title The least that can be called anchoring: a log entry, which no contract and no `eth_call` can ask for.
contract EventOnly {
    event Anchored(bytes32 indexed root);

    function anchor(bytes32 root) external {
        emit Anchored(root);
    }
}

/// @title The least that can be asked: when was this root anchored? Anyone may write, and nothing says who did.
contract RootMapping {
    event Anchored(bytes32 indexed root);

    mapping(bytes32 root => uint256 time) public anchoredAt;

    function anchor(bytes32 root) external {
        anchoredAt[root] = block.timestamp;
        emit Anchored(root);
    }
}
