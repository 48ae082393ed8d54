import { queueOptionsSymbol, type TaskQueue } from 'piscina';

type Task = Parameters<TaskQueue['push']>[0];

/** What a batch says of itself to the queue. */
type QueueOptions = { readonly isUrgent: boolean };

/** Marks a batch as one that somebody waits for. The mark does not travel to the thread. */
export function urgent<Batch extends object>(batch: Batch): Batch {
  const options: QueueOptions = { isUrgent: true };
  return Object.assign(batch, { [queueOptionsSymbol]: options });
}

/** Batches that wait for a thread, urgent ones first. */
export class RenderQueue implements TaskQueue {
  private readonly urgent: Task[] = [];
  private readonly others: Task[] = [];

  get size(): number {
    return this.urgent.length + this.others.length;
  }

  shift(): Task | null {
    return this.urgent.shift() ?? this.others.shift() ?? null;
  }

  push(task: Task): void {
    this.listOf(task).push(task);
  }

  /** The pool gives back what no thread had room for; without this it would go to the end. */
  unshift(task: Task): void {
    this.listOf(task).unshift(task);
  }

  remove(task: Task): void {
    const list = this.listOf(task);
    const index = list.indexOf(task);
    if (index >= 0) {
      list.splice(index, 1);
    }
  }

  private listOf(task: Task): Task[] {
    const options = task[queueOptionsSymbol] as QueueOptions | null;
    return options?.isUrgent === true ? this.urgent : this.others;
  }
}
