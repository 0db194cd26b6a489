/** The station is not provisioned, or not any more. */
export class UnknownStation extends Error {
  constructor(stationId: string) {
    super(`station ${stationId} is not provisioned`);
    this.name = 'UnknownStation';
  }
}
