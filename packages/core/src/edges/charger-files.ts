/** A file that a charger may have. */
export interface OfferedFile {
  name: string;
  sizeBytes: number;
  content: AsyncIterable<Uint8Array>;
  /** To be called when it was sent as a whole, or not: the URL counts once. */
  ended(whole: boolean): Promise<void>;
}

/** `gone`: the URL was never given, is used up or is too old; all look alike to the charger. */
export type FileRefusal = 'gone' | 'busy' | 'too-large' | 'no-room';

/** What chargers may do with the one-time URLs that they are given; `token` is the secret part of such a URL. */
export interface ChargerFiles {
  /** Looks without using the URL up. */
  look(token: string): Promise<{ name: string; sizeBytes: number } | undefined>;
  download(token: string): Promise<OfferedFile | FileRefusal>;
  /** `name` is only shown; `sizeBytes` = what the charger announced. Rejects when the connection breaks. */
  upload(
    token: string,
    file: { name?: string; sizeBytes?: number; content: AsyncIterable<Uint8Array> },
  ): Promise<'stored' | FileRefusal>;
}
