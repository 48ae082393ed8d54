import { sqlState } from './unit-of-work.js';

const UNIQUE_VIOLATION = '23505';

/** Whether the database refused a row because another with the same unique value is there. */
export function isCollision(error: unknown): boolean {
  return sqlState(error) === UNIQUE_VIOLATION;
}

/**
 * Runs `attempt`, and once more when it collided with a row that was written at the same moment, such as another use of the
 * same idempotency key: that row is committed now, so an attempt that looks first will find it. A second collision is thrown.
 */
export async function onceMoreAfterCollision<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (isCollision(error)) {
      return attempt();
    }
    throw error;
  }
}
