import { isIP } from 'node:net';

/** Parsers throw a sentence that completes "DATABASE_URL ...". */
type Parser = Pick<import('./setting.js').SettingDescription, 'parse' | 'format'>;

export function integer(min: number, max: number): Parser {
  return {
    format: `whole number from ${min} to ${max}`,
    parse: (text) => {
      const value = Number(text);
      if (!Number.isInteger(value) || value < min || value > max) {
        throw new Error(`must be a whole number from ${min} to ${max}`);
      }
      return value;
    },
  };
}

export function url(...protocols: readonly string[]): Parser {
  return {
    format: `URL (${protocols.join(', ')})`,
    parse: (text) => {
      if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol.replace(':', ''))) {
        throw new Error(`must be a URL starting with ${protocols.map((name) => `${name}://`).join(' or ')}`);
      }
      return text.replace(/\/$/, '');
    },
  };
}

export function oneOf(...values: readonly string[]): Parser {
  return {
    format: values.join(' | '),
    parse: (text) => {
      if (!values.includes(text)) {
        throw new Error(`must be one of ${values.join(', ')}`);
      }
      return text;
    },
  };
}

/** IP addresses and networks in CIDR notation, separated by commas. */
export const networks: Parser = {
  format: 'IP addresses or networks, separated by commas',
  parse: (text) => {
    const parts = text.split(',').map((part) => part.trim());
    const wrong = parts.find((part) => !isNetwork(part));
    if (text !== '' && wrong !== undefined) {
      throw new Error(`must list IP addresses or networks such as 10.0.0.0/8, and "${wrong}" is none`);
    }
    return text === '' ? '' : parts.join(',');
  },
};

function isNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    longest > 0 && rest.length === 0 && (length === undefined || (/^\d+$/.test(length) && Number(length) <= longest))
  );
}

export const flag: Parser = {
  format: 'true | false',
  parse: (text) => {
    if (text !== 'true' && text !== 'false') {
      throw new Error('must be true or false');
    }
    return text === 'true';
  },
};

export const key32: Parser = {
  format: '32 bytes as 64 hex digits',
  parse: (text) => {
    if (!/^(0x)?[0-9a-fA-F]{64}$/.test(text)) {
      throw new Error('must be 64 hex digits');
    }
    return `0x${text.replace(/^0x/, '').toLowerCase()}`;
  },
};

/** `<CAIP-2 id>=<URL with {tx} in it>`. */
export const explorer: Parser = {
  format: 'chain=URL with {tx}',
  parse: (text) => {
    const [, address = ''] = /^eip155:[1-9]\d{0,15}=(https?:\/\/.*\{tx\}.*)$/.exec(text) ?? [];
    if (!URL.canParse(address)) {
      throw new Error('must be a chain and a URL with {tx} in it, such as eip155:1=https://etherscan.io/tx/{tx}');
    }
    return text;
  },
};

/** Several of what `parser` reads, separated by commas. */
export function listOf({ parse, format }: Parser): Parser {
  return {
    format: `${format}; several separated by commas`,
    parse: (text) => text.split(',').map((part) => parse(part.trim())),
  };
}

export const plainText: Parser = { format: 'text', parse: (text) => text };
