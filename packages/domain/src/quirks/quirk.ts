/** A way in which chargers depart from their protocol, and how the gateway lives with it. */
export interface Quirk {
  /** What such chargers do. */
  does: string;
  /** What the gateway does about it, and why. */
  handled: string;
  /** Of whom it was reported. */
  seenAt: string;
  /** Entry of a station's `quirks` that switches the handling on; absent = it is always on. */
  switch?: string;
  /** The gateway notices by itself that the switch would help, and says so on the attention list. */
  suggested?: true;
  /**
   * Lines of a frame's anomalies by which it shows, `*` for any characters; with an action in front where the line
   * alone is ambiguous: `StatusNotification: MISSPELLED /errorCode`. Absent: it cannot be seen in one frame.
   */
  signs?: readonly string[];
}
