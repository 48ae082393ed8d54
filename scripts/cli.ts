import '../src/cli.js';
