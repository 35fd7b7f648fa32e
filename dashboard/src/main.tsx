import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './components/ui/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import * as z from 'zod';
import { setUpApiClient } from './api/setup';
import { App } from './app/app';
import { setUpTexts } from './i18n';

// Zod would otherwise compile checks with `new Function`, which the content security policy forbids.
z.config({ jitless: true });
setUpApiClient();
await setUpTexts();

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
