import { brokenConstraint } from '../database/failure.js';
import { StorageError } from '../errors.js';

/** Runs a write; a value that another object has already becomes `CONFLICT` with what `describe` says. */
export async function refusingTaken<T>(
  describe: (constraint: string) => string,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const constraint = brokenConstraint(error);
    if (constraint === undefined) throw error;
    throw new StorageError('CONFLICT', describe(constraint), { cause: error });
  }
}
