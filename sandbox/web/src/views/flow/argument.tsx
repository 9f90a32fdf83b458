import { useEffect, useId, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { CardKind } from '../../client/port.js';
import type { Card, CardArg, Suggestion } from '../../client/schemas.js';
import { sentence } from '../../pure/format.js';
import { theHomey } from '../../state/world.js';

export type Arguments = Readonly<Record<string, unknown>>;

interface Props {
  readonly kind: CardKind;
  readonly card: Card;
  readonly argument: CardArg;
  readonly values: Arguments;
  readonly onValue: (value: unknown) => void;
}

const SEARCH_AFTER_MS = 250;
const isSuggestion = (value: unknown): value is Suggestion =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';

/** A list that the app makes while one types. */
const Autocomplete = ({ kind, card, argument, values, onValue }: Props): JSX.Element => {
  const listId = useId();
  const chosen = values[argument.name];
  const [query, setQuery] = useState<string | null>(null);
  const [found, setFound] = useState<readonly Suggestion[]>([]);
  const [problem, setProblem] = useState('');

  useEffect(() => {
    if (query === null) return;
    let current = true;
    const timer = setTimeout(() => {
      theHomey()
        .suggest(kind, card.id, argument.name, query, values)
        .then((suggestions) => {
          if (!current) return;
          setFound(suggestions);
          setProblem('');
        })
        .catch((error: unknown) => current && setProblem(sentence(error)));
    }, SEARCH_AFTER_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [query]);

  const choose = (suggestion: Suggestion): void => {
    onValue(suggestion);
    setQuery(null);
  };
  return (
    <span class="autocomplete">
      <input
        class="inline-input"
        role="combobox"
        aria-expanded={query !== null}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-label={argument.title ?? argument.name}
        placeholder={argument.placeholder ?? argument.title ?? argument.name}
        value={query ?? (isSuggestion(chosen) ? chosen.name : '')}
        data-testid={`argument-${argument.name}`}
        onFocus={() => setQuery('')}
        onBlur={() => setQuery(null)}
        onInput={({ currentTarget }) => setQuery(currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = found;
          if (event.key === 'Enter' && first !== undefined) {
            event.preventDefault();
            choose(first);
          }
        }}
      />
      {query !== null && (
        <ul id={listId} role="listbox" class="suggestions">
          {problem !== '' && <li class="bad">{problem}</li>}
          {problem === '' && found.length === 0 && <li class="none">Nothing found</li>}
          {found.map((suggestion, index) => (
            <li
              key={index}
              role="option"
              aria-selected={isSuggestion(chosen) && chosen.name === suggestion.name}
              data-testid="suggestion"
              // The press must win over the field losing its focus.
              onMouseDown={(event) => {
                event.preventDefault();
                choose(suggestion);
              }}
            >
              {suggestion.name}
              {suggestion.description !== null && <small>{suggestion.description}</small>}
            </li>
          ))}
        </ul>
      )}
    </span>
  );
};

export const ArgumentInput = (props: Props): JSX.Element => {
  const { argument, values, onValue } = props;
  const label = argument.title ?? argument.placeholder ?? argument.name;
  const value = values[argument.name];
  const testId = `argument-${argument.name}`;
  switch (argument.type) {
    case 'dropdown':
      return (
        <select
          class="inline-input"
          aria-label={label}
          value={typeof value === 'string' ? value : ''}
          data-testid={testId}
          onChange={({ currentTarget }) => onValue(currentTarget.value)}
        >
          {argument.values.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      );
    case 'checkbox':
      return (
        <input
          type="checkbox"
          aria-label={label}
          checked={value === true}
          data-testid={testId}
          onChange={({ currentTarget }) => onValue(currentTarget.checked)}
        />
      );
    case 'number':
    case 'range':
      return (
        <input
          class="inline-input number"
          type="number"
          step={argument.step ?? 'any'}
          aria-label={label}
          placeholder={argument.placeholder ?? '0'}
          value={typeof value === 'number' ? value : ''}
          data-testid={testId}
          onInput={({ currentTarget }) =>
            onValue(currentTarget.value === '' ? undefined : currentTarget.valueAsNumber)
          }
        />
      );
    case 'autocomplete':
      return <Autocomplete {...props} />;
    default:
      return (
        <input
          class="inline-input"
          type={argument.type === 'time' || argument.type === 'date' ? argument.type : 'text'}
          aria-label={label}
          placeholder={argument.placeholder ?? label}
          value={typeof value === 'string' ? value : ''}
          data-testid={testId}
          onInput={({ currentTarget }) => onValue(currentTarget.value)}
        />
      );
  }
};
