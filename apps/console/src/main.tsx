import './style.css';
import { render } from 'preact';
import { CdrList, SessionList } from './components/charging-lists.js';
import { Header } from './components/header.js';
import { SignInPage } from './components/sign-in-page.js';
import { StationList } from './components/station-list.js';
import { followGateway } from './live/feed.js';
import { feedState } from './live/picture.js';

function App() {
  if (feedState.value === 'signed-out') return <SignInPage />;
  return (
    <>
      <Header />
      <main class={feedState.value === 'reconnecting' ? 'stale' : ''}>
        <StationList />
        <div class="charging">
          <SessionList />
          <CdrList />
        </div>
      </main>
    </>
  );
}

const root = document.getElementById('app');
if (root !== null) {
  render(<App />, root);
  followGateway();
}
