import { Injectable, type LoggerService } from '@nestjs/common';
import { pino, type Logger as Pino } from 'pino';
import { Settings } from '../config/index.js';
import { currentRequestId } from './request-context.js';

/** Values that may stand in a log line: ids, codes, counts. Never names, tax numbers, plates, addresses or keys. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Structured lines on standard output: `{"level":"info","event":"batch.sealed","batchId":"…"}`. */
@Injectable()
export class Logger {
  private readonly pino: Pino;

  constructor(settings: Settings) {
    this.pino = pino({
      level: settings.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    });
  }

  debug(event: string, fields: LogFields = {}): void {
    this.pino.debug(withRequest(event, fields));
  }

  info(event: string, fields: LogFields = {}): void {
    this.pino.info(withRequest(event, fields));
  }

  warn(event: string, fields: LogFields = {}): void {
    this.pino.warn(withRequest(event, fields));
  }

  error(event: string, fields: LogFields = {}): void {
    this.pino.error(withRequest(event, fields));
  }
}

function withRequest(event: string, fields: LogFields): LogFields {
  const requestId = currentRequestId();
  return requestId === undefined ? { event, ...fields } : { event, requestId, ...fields };
}

/** What Nest itself has to say, in the same form; its chatter about modules is for debugging only. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug('nest', { message: String(message) });
  }

  warn(message: unknown): void {
    this.logger.warn('nest', { message: String(message) });
  }

  error(message: unknown): void {
    this.logger.error('nest', { message: message instanceof Error ? message.message : String(message) });
  }
}
