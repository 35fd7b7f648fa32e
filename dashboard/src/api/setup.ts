/** Makes the generated client speak for this page: same origin, the person's language, errors as ApiProblem. */
import i18next from 'i18next';
import { client } from './generated/client.gen';
import { toProblem } from './problem';

export function setUpApiClient() {
  client.setConfig({ baseUrl: window.location.origin });
  client.interceptors.request.use((request) => {
    request.headers.set('Accept-Language', i18next.language);
    return request;
  });
  client.interceptors.error.use((error, response) => toProblem(error, response));
}
