import '../../overview.css';
import { OVERVIEW_TEXTS } from '../../texts/overview.js';
import { SiteMap } from './site-map.js';
import { Throughput } from './throughput.js';

/** What of the overview is drawn: the sites, and how busy the gateway is. */
export function Now() {
  return (
    <div class="columns">
      <section>
        <h2>{OVERVIEW_TEXTS.map.title}</h2>
        <SiteMap />
      </section>
      <section>
        <h2>{OVERVIEW_TEXTS.throughput.title}</h2>
        <Throughput />
      </section>
    </div>
  );
}
