import '../../station-tabs.css';
import type { StationView } from '../../api/views.js';
import { isOcpp16 } from '../../commands/protocol.js';
import { CONFIGURATION_TEXTS as T } from '../../texts/configuration.js';
import { KeyList } from './key-list.js';
import { VariableList } from './variable-list.js';

/** How a station is configured: keys of OCPP 1.6, or the variables of a device model. */
export function ConfigurationTab({ station }: { station: StationView }) {
  if (station.protocol === undefined) return <p class="empty">{T.noProtocol}</p>;
  return isOcpp16(station.protocol) ? <KeyList station={station} /> : <VariableList station={station} />;
}
