/** Where the bytes of files lie; what is known about them is in the {@link Store}. Implemented by packages/storage. */
export interface FileVault {
  /**
   * Takes a file to its end. Rejects with {@link FileRefused} when it has more than `maxBytes`; nothing is left then.
   */
  write(
    id: string,
    content: AsyncIterable<Uint8Array>,
    maxBytes: number,
  ): Promise<{ sizeBytes: number; sha256: string }>;
  /** undefined = there is no such file. */
  read(id: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  remove(id: string): Promise<void>;
  /** Ids of all files that lie there. */
  list(): Promise<string[]>;
}

/** A file is not taken. */
export class FileRefused extends Error {
  readonly reason: 'too-large' | 'no-room';
  constructor(reason: 'too-large' | 'no-room') {
    super(reason === 'too-large' ? 'the file is too large' : 'there is no room for more files');
    this.name = 'FileRefused';
    this.reason = reason;
  }
}
