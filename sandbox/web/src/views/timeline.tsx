import type { JSX } from 'preact';
import type { Notification } from '../client/schemas.js';
import { formatClock, nameOfDay, sentence } from '../pure/format.js';
import { emphasised, groupNeighbours } from '../pure/emphasis.js';
import { announce } from '../state/outcomes.js';
import { deviceNames, notifications, now, theHomey } from '../state/world.js';
import { Button, Empty, Panel } from '../ui/controls.js';

const remove = async (id: string): Promise<void> => {
  try {
    await theHomey().deleteNotification(id);
    notifications.value = notifications.value.filter((other) => other.id !== id);
  } catch (error) {
    announce(sentence(error), 'bad');
  }
};

const Entry = ({ entry }: { entry: Notification }): JSX.Element => (
  <li class="entry" data-testid="timeline-entry">
    <time>{entry.dateCreated === null ? '' : formatClock(entry.dateCreated)}</time>
    <div>
      <p>{emphasised(entry.excerpt).map(({ text, strong }) => (strong ? <strong>{text}</strong> : text))}</p>
      <small>{deviceNames.value.get(entry.ownerUri) ?? entry.ownerName ?? ''}</small>
    </div>
    <Button
      look="quiet"
      icon="close"
      label="Remove from the timeline"
      onPress={() => void remove(entry.id)}
    />
  </li>
);

export const Timeline = ({ limit }: { limit?: number }): JSX.Element => {
  const newest = [...notifications.value]
    .sort((a, b) => (b.dateCreated ?? 0) - (a.dateCreated ?? 0))
    .slice(0, limit ?? notifications.value.length);
  const days = groupNeighbours(newest, (entry) => nameOfDay(entry.dateCreated ?? 0, now.value));
  return (
    <Panel title="Timeline" className="timeline" testId="timeline">
      {newest.length === 0 && <Empty>Nothing has happened yet that is worth a line.</Empty>}
      {days.map(([day, entries]) => (
        <div key={day}>
          <h3 class="day">{day}</h3>
          <ul class="entries">
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ul>
        </div>
      ))}
    </Panel>
  );
};
