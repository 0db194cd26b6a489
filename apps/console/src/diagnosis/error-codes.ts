/** What the error codes of a connector mean for the person who stands there (OCPP 1.6, ChargePointErrorCode). */
export const ERROR_CODES: Readonly<Record<string, { what: string; next: string }>> = {
  ConnectorLockFailure: {
    what: 'the lock of the socket does not close or open',
    next: 'Look for dirt or a bent pin, unplug, and unlock the connector from here.',
  },
  EVCommunicationError: {
    what: 'the charger and the car do not understand each other',
    next: 'Try another cable and another car; when it stays, restart the charger.',
  },
  GroundFailure: {
    what: 'the residual current protection has tripped',
    next: 'Unplug the car. Reset the breaker; when it trips again without a car, call an electrician.',
  },
  HighTemperature: {
    what: 'the charger is too hot',
    next: 'Check fans, filters and sun; it comes back when it has cooled down.',
  },
  InternalError: {
    what: 'the charger reports a fault inside',
    next: 'Restart it; when the fault stays, fetch diagnostics and ask its manufacturer.',
  },
  LocalListConflict: {
    what: 'its list of cards does not agree with the one of the gateway',
    next: 'Nothing to do at the charger: the list is sent again when it is next connected.',
  },
  OverCurrentFailure: {
    what: 'the current was too high',
    next: 'Check the fuse and the cable, then restart the charger.',
  },
  OverVoltage: {
    what: 'the mains voltage is too high',
    next: 'Measure the supply; tell the grid operator when it stays.',
  },
  PowerMeterFailure: {
    what: 'its meter cannot be read',
    next: 'Check the meter and its bus; without a meter nothing can be billed.',
  },
  PowerSwitchFailure: {
    what: 'its contactor does not switch',
    next: 'Switch the charger off at the breaker and on again; when it stays, exchange the contactor.',
  },
  ReaderFailure: {
    what: 'its card reader does not work',
    next: 'Start from the app or from here, and have the reader exchanged.',
  },
  ResetFailure: {
    what: 'it could not restart',
    next: 'Switch it off at the breaker and on again.',
  },
  UnderVoltage: {
    what: 'the mains voltage is too low',
    next: 'Measure the supply under load; check fuses and terminals.',
  },
  WeakSignal: {
    what: 'its mobile signal is weak',
    next: 'Look at antenna and SIM card; data may be late.',
  },
};
