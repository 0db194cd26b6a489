import type {
  Admission,
  AuthorizationDecision,
  AvailabilityReport,
  BootDecision,
  CertificateRequest,
  ChargerEdge,
  ConnectionAttempt,
  FrameRecord,
  JobReport,
  Reading,
  ReportedEvent,
  ReportPart,
  ReservationReport,
  SecurityReport,
  Station,
  StationConnection,
  StatusReport,
  TransactionAnswer,
  VendorAnswer,
  VendorMessage,
} from '@roambridge/core';
import type { BootReport, IdToken, TransactionEvent } from '@roambridge/domain';

export interface KnownStation extends Partial<Station> {
  /** Basic auth is enforced with this password. */
  secret?: string | Uint8Array;
}

/** A small core that remembers what it was told, in order. Its stations, answers and failures are set by the test. */
export class RecordingEdge implements ChargerEdge {
  readonly stations = new Map<string, KnownStation>();
  readonly attempts: ConnectionAttempt[] = [];
  readonly connections: StationConnection[] = [];
  readonly disconnections: { stationId: string; generation: number; reason: string }[] = [];
  readonly boots: BootReport[] = [];
  readonly statuses: StatusReport[] = [];
  readonly availability: AvailabilityReport[] = [];
  readonly installing: boolean[] = [];
  readonly reportParts: ReportPart[] = [];
  readonly jobs: JobReport[] = [];
  readonly securityEvents: SecurityReport[] = [];
  /** What follows an accepted certificate request; absent: they are refused. */
  proceed: ((request: CertificateRequest) => void) | undefined;
  vendorAnswer: (message: VendorMessage) => VendorAnswer = () => ({ status: 'UnknownVendorId' });
  readonly reservations: ReservationReport[] = [];
  readonly changedLimits: (number | undefined)[] = [];
  readonly authorizations: { idToken: IdToken; evseId?: number }[] = [];
  readonly events: ReportedEvent[] = [];
  readonly telemetry: Pick<TransactionEvent, 'at' | 'evseId' | 'meterValues'>[] = [];
  readonly journaled: FrameRecord[] = [];
  readonly noted: FrameRecord[] = [];
  readonly notUnderstood: { action: string; code: string; description: string }[] = [];
  readonly suggestions: { stationId: string; quirk: string; reason: string }[] = [];
  readonly late: { messageId: string; payload: unknown }[] = [];
  bootState: BootDecision['status'] | undefined = 'Accepted';
  decision: AuthorizationDecision = { status: 'Accepted' };
  /** Set: nothing can be stored. */
  failure: Error | undefined;
  /** Work that every stored message waits for. */
  work: (frame: FrameRecord) => Promise<void> = async () => {};
  #nextTransactionId = 1;

  /** Attempts that the edge refused by itself. */
  readonly refusals: { identity: string; reason: string; url: string }[] = [];

  refused({ identity, urls }: ConnectionAttempt, reason: string): void {
    this.refusals.push({ identity, reason, url: urls.plain });
  }

  readonly attention: { kind: string; subject: string; message: string }[] = [];

  attend(what: { kind: string; subject: string; message: string }): void {
    this.attention.push(what);
  }

  quarantinedBoot(_identity: string, report: BootReport): BootDecision {
    this.boots.push(report);
    return { status: 'Pending', currentTime: Date.now(), interval: 60 };
  }

  async admit(attempt: ConnectionAttempt): Promise<Admission> {
    this.attempts.push(attempt);
    const known = this.stations.get(attempt.identity);
    if (!known) return { kind: 'refused', httpStatus: 404, reason: 'unknown' };
    const { secret, ...station } = known;
    if (secret !== undefined) {
      const given = attempt.basic && Buffer.from(attempt.basic.password);
      if (attempt.basic?.user !== attempt.identity || !given?.equals(Buffer.from(secret))) {
        return { kind: 'refused', httpStatus: 401, reason: 'wrong password' };
      }
    }
    return {
      kind: 'accepted',
      securityProfile: 0,
      station: { id: attempt.identity, securityProfile: 0, createdAt: 0, ...station },
    };
  }

  async connected(connection: StationConnection): Promise<void> {
    this.connections.push(connection);
  }

  disconnected(stationId: string, generation: number, reason: string): void {
    this.disconnections.push({ stationId, generation, reason });
  }

  bootStatus(): BootDecision['status'] | undefined {
    return this.bootState;
  }

  async boot(_stationId: string, report: BootReport, frame: FrameRecord): Promise<BootDecision> {
    await this.#store(frame);
    this.boots.push(report);
    this.bootState ??= 'Accepted';
    return { status: this.bootState, currentTime: Date.UTC(2030, 0, 1), interval: 300 };
  }

  heartbeat(_stationId: string, frame: FrameRecord): number {
    this.noted.push(frame);
    return Date.UTC(2030, 0, 1);
  }

  async reportStatus(_stationId: string, report: StatusReport, frame: FrameRecord): Promise<void> {
    await this.#store(frame);
    this.statuses.push(report);
  }

  async reportReservation(_stationId: string, report: ReservationReport, frame: FrameRecord): Promise<void> {
    await this.#store(frame);
    this.reservations.push(report);
  }

  async reportAvailability(
    _stationId: string,
    reports: readonly AvailabilityReport[],
    frame: FrameRecord,
  ): Promise<void> {
    await this.#store(frame);
    this.availability.push(...reports);
  }

  async reportJob(
    _stationId: string,
    { installing, ...report }: JobReport & { installing?: boolean },
    frame: FrameRecord,
  ): Promise<void> {
    await this.#store(frame);
    this.jobs.push(report);
    if (installing !== undefined) this.installing.push(installing);
  }

  async reportSecurityEvent(_stationId: string, report: SecurityReport, frame: FrameRecord): Promise<void> {
    await this.#store(frame);
    this.securityEvents.push(report);
  }

  async requestCertificate(
    _stationId: string,
    request: CertificateRequest,
    frame: FrameRecord,
  ): Promise<{ accepted: false } | { accepted: true; proceed(): void }> {
    await this.#store(frame);
    const { proceed } = this;
    return proceed ? { accepted: true, proceed: () => proceed(request) } : { accepted: false };
  }

  async transferData(_stationId: string, message: VendorMessage, frame: FrameRecord): Promise<VendorAnswer> {
    await this.#store(frame);
    return this.vendorAnswer(message);
  }

  async reportPart(_stationId: string, part: ReportPart, frame: FrameRecord): Promise<void> {
    await this.#store(frame);
    this.reportParts.push(part);
  }

  showsCost(): boolean {
    return false;
  }

  async vehicleNeeds(_id: string, _needs: unknown, frame: FrameRecord): Promise<{ accepted: false }> {
    await this.#store(frame);
    return { accepted: false };
  }

  async vehicleSchedule(_id: string, { evseId }: { evseId: number }, frame: FrameRecord): Promise<boolean> {
    await this.#store(frame);
    this.changedLimits.push(evseId);
    return true;
  }

  async evCertificate(_request: unknown, frame: FrameRecord): Promise<{ kind: 'failed'; reason: string }> {
    await this.#store(frame);
    return { kind: 'failed', reason: 'NoProvider' };
  }

  async certificateStatus(_hash: unknown, frame: FrameRecord): Promise<undefined> {
    await this.#store(frame);
  }

  reading(stationId: string): Reading {
    const { evseGroups = [], quirks = [] } = this.stations.get(stationId) ?? {};
    return { evseGroups, quirks };
  }

  async chargingLimitChanged(
    _stationId: string,
    evseId: number | undefined,
    frame: FrameRecord,
  ): Promise<void> {
    await this.#store(frame);
    this.changedLimits.push(evseId);
  }

  async authorize(
    _stationId: string,
    request: { idToken: IdToken; evseId?: number },
    frame: FrameRecord,
  ): Promise<AuthorizationDecision> {
    await this.#store(frame);
    this.authorizations.push(request);
    return this.decision;
  }

  async recordTransactionEvent(
    _stationId: string,
    event: ReportedEvent,
    frame: FrameRecord,
  ): Promise<TransactionAnswer> {
    await this.#store(frame);
    this.events.push(event);
    const id = event.ocppTransactionId ?? String(this.#nextTransactionId++);
    const unusable = event.eventType === 'Started' && event.evseId === undefined;
    return {
      ocppTransactionId: id,
      ...(event.idToken ? { authorization: this.decision } : {}),
      ...(unusable && !event.idToken ? { authorization: { status: 'Invalid' } as const } : {}),
    };
  }

  async recordTelemetry(
    _stationId: string,
    telemetry: Pick<TransactionEvent, 'at' | 'evseId' | 'meterValues'>,
    frame: FrameRecord,
  ): Promise<void> {
    await this.#store(frame);
    this.telemetry.push(telemetry);
  }

  async answerNotUnderstood(
    _stationId: string,
    fault: { action: string; code: string; description: string },
    frame: FrameRecord,
  ): Promise<void> {
    await this.#store(frame);
    this.notUnderstood.push(fault);
  }

  async journal(frame: FrameRecord): Promise<void> {
    await this.#store(frame);
  }

  note(frame: FrameRecord): void {
    this.noted.push(frame);
  }

  suggestQuirk(stationId: string, quirk: string, reason: string): void {
    this.suggestions.push({ stationId, quirk, reason });
  }
  lateResult(_stationId: string, messageId: string, payload: unknown): void {
    this.late.push({ messageId, payload });
  }

  /** Every frame that came in, stored or noted, newest last. */
  inbound(action?: string): FrameRecord[] {
    return [...this.journaled, ...this.noted].filter(
      (frame) => frame.direction === 'in' && (action === undefined || frame.action === action),
    );
  }

  async #store(frame: FrameRecord): Promise<void> {
    await this.work(frame);
    if (this.failure) throw this.failure;
    this.journaled.push(frame);
  }
}
