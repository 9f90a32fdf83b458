import type { FastifyInstance } from 'fastify';
import { isObject } from '../json.js';
import type { WriteRefusal } from '../registers.js';
import { problem } from './problem.js';
import { send, withPump, type ApiContext } from './context.js';

const REASONS: Readonly<Record<WriteRefusal, readonly [key: string, text: string]>> = {
  unknown: ['registerSpecificationId', 'The register does not exist.'],
  read_only: ['registerSpecificationId', 'The register is read only.'],
  not_a_value: ['registerValue', 'The value is not valid for the register.'],
  out_of_range: ['registerValue', 'The value is out of range.'],
};

export const registerRegisters = (app: FastifyInstance, context: ApiContext): void => {
  const { behaviour, counters, now } = context;

  app.get(
    '/api/v1/Registers/Installations/:id/Groups/:group',
    { config: { endpoint: 'registers' } },
    (request, reply) =>
      withPump(context, request, reply, (pump) => {
        const { group } = request.params as { group: string };
        const registers = pump.group(group);
        if (registers === null && behaviour().unknownGroup === '404') return problem(reply, 404);
        return send(reply, registers ?? []);
      }),
  );

  app.post(
    '/api/v1/Registers/Installations/:id/Registers',
    { config: { endpoint: 'write' } },
    (request, reply) =>
      withPump(context, request, reply, (pump) => {
        const { body } = request;
        if (!isObject(body)) return problem(reply, 400, { '': ['A non-empty request body is required.'] });
        const registerId = body['registerSpecificationId'];
        const value = body['registerValue'];
        const clientUuid = body['clientUuid'];
        const errors: Record<string, string[]> = {};
        if (typeof registerId !== 'number' || !Number.isInteger(registerId)) {
          errors['registerSpecificationId'] = ['The registerSpecificationId field is required.'];
        }
        if (typeof value !== 'number') errors['registerValue'] = ['The registerValue field is required.'];
        if (typeof clientUuid !== 'string' || clientUuid === '') {
          errors['clientUuid'] = ['The clientUuid field is required.'];
        }
        if (Object.keys(errors).length > 0 || typeof registerId !== 'number' || typeof value !== 'number') {
          return problem(reply, 400, errors);
        }
        const refusal = pump.write(registerId, value);
        const register = pump.registers().find(({ id }) => id === registerId);
        const { writes } = counters();
        writes.push({
          at: now(),
          pumpId: pump.id,
          registerId,
          registerName: register?.name ?? null,
          value,
          accepted: refusal === null,
        });
        if (writes.length > 1000) writes.shift();
        if (refusal !== null) {
          const [key, text] = REASONS[refusal];
          return problem(reply, 400, { [key]: [text] });
        }
        return reply.code(200).type('text/plain; charset=utf-8').send('Accepted');
      }),
  );
};
