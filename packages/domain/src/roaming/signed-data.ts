/** One container of the charger with what it says in readable form (OCPI SignedValue). */
export interface SignedValue {
  /** `Start`, `End` or `Intermediate`. */
  nature: string;
  plain_data: string;
  /** Base64 of the container, unchanged. */
  signed_data: string;
}

/** OCPI SignedData, version-neutral. */
export interface SignedData {
  encoding_method: string;
  encoding_method_version?: number;
  public_key?: string;
  signed_values: SignedValue[];
  url?: string;
}
