import type { FastifyInstance } from 'fastify';
import { isObject } from '../json.js';
import { scheduleJson } from '../schedules.js';
import { send, withPump, type ApiContext } from './context.js';
import { problem } from './problem.js';

const CULTURES = [
  'sv-SE',
  'en-US',
  'fi-FI',
  'da-DK',
  'nb-NO',
  'cs-CZ',
  'de-DE',
  'es-ES',
  'et-EE',
  'fr-FR',
  'it-IT',
  'nl-NL',
  'pl-PL',
  'ru-RU',
  'sl-SI',
];

/** `REG_VALUE_OPERATION_MODE_AUTO` → `Operation mode auto`: not the service's texts, which are its own. */
const text = (key: string): string => {
  const words = key
    .replace(/^(?:REG_VALUE|COMP_VALUE|REG|COMP|UI)_+/, '')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Users, texts, schedules. */
export const registerAccount = (app: FastifyInstance, context: ApiContext): void => {
  const { now, hasConsented, pumpsOf } = context;

  app.get('/api/v1/users/current', { config: { endpoint: 'user' } }, (request, reply) =>
    send(reply, {
      id: 4471,
      userName: request.username,
      email: request.username,
      firstName: 'Demo',
      lastName: 'Person',
      culture: 'en-US',
      timeZone: 'W. Europe Standard Time',
      phoneNumber: null,
      hasAcceptedEula: hasConsented(),
      hasSuperAdminAccess: false,
      hasGlobalAdminAccess: false,
      hasAdminAccess: false,
      hasCiamAdminAccess: false,
    }),
  );

  app.get(
    '/api/v1/installationUsers/installation/:id',
    { config: { endpoint: 'installation_users' } },
    (request, reply) =>
      withPump(context, request, reply, () =>
        send(reply, [
          { firstName: 'Demo', lastName: 'Person', isInvitePending: false, email: request.username },
        ]),
      ),
  );

  app.get('/api/v1/localization/:culture', { config: { endpoint: 'localization' } }, (request, reply) => {
    const { culture } = request.params as { culture: string };
    const known = CULTURES.find((one) => one.toLowerCase() === culture.toLowerCase());
    if (known === undefined) return problem(reply, 404);
    const keys = pumpsOf(request.username).flatMap((pump) =>
      pump
        .registers()
        .flatMap(({ name, group, valueNames }) => [group, name, ...valueNames.map((one) => one.name)]),
    );
    const mark = known === 'en-US' ? '' : ` (${known})`;
    return send(reply, {
      culture: known,
      resources: [...new Set(keys)].map((key) => ({ key, value: text(key) + mark })),
    });
  });

  app.get('/api/v1/installations/:id/schedules', { config: { endpoint: 'schedules' } }, (request, reply) =>
    withPump(context, request, reply, (pump) => {
      return send(
        reply,
        pump.schedules.list().map((schedule) => scheduleJson(schedule, pump.id, now())),
      );
    }),
  );

  app.post(
    '/api/v1/installations/:id/schedules',
    { config: { endpoint: 'schedule_create' } },
    (request, reply) =>
      withPump(context, request, reply, (pump) => {
        const schedule = isObject(request.body) ? pump.schedules.create(request.body) : null;
        return schedule === null ? problem(reply, 400) : send(reply, scheduleJson(schedule, pump.id, now()));
      }),
  );

  app.delete(
    '/api/v1/installations/:id/schedules/:scheduleId',
    { config: { endpoint: 'schedule_delete' } },
    (request, reply) =>
      withPump(context, request, reply, (pump) => {
        const { scheduleId } = request.params as { scheduleId: string };
        return pump.schedules.remove(Number(scheduleId)) ? reply.code(204).send() : problem(reply, 404);
      }),
  );
};
