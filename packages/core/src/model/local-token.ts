/** A card of the operator itself, known to no partner. */
export interface LocalToken {
  uid: string;
  /** OCPI TokenType. */
  type: string;
  blocked?: boolean;
  /** RFC 3339. */
  expires_at?: string;
  group_id?: string;
}
