import { StationList } from '../components/station-list.js';

export function StationsPage() {
  return (
    <main>
      <StationList />
    </main>
  );
}
