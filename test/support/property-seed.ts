import fc from 'fast-check';

// The same cases each time, so that a change is judged by what it changed; PROPERTY_SEED searches elsewhere.
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 1) });
