import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RENDERERS } from '../../../src/composition/renderers.js';
import { OwnThread, RenderThreads, type Rendered, type RenderTask } from '../../../src/documents/index.js';
import { certificate, proof } from '../../support/certificates.js';
import { ensureBuilt } from '../../support/child-instance.js';
import { invoice, invoiceLine } from '../../support/invoices.js';
import {
  asCore,
  issued,
  issuerCalled,
  kindCalled,
  renderContext as context,
  sampleReceipt,
} from '../../support/receipts.js';

const { request, issuer } = sampleReceipt('inpatient');
const receipt = issued(request, issuerCalled(issuer));
const tasks: readonly RenderTask[] = [
  ...Array.from({ length: 40 }, (_, index) => ({
    renderer: 'invoice',
    content: invoice({
      lines: Array.from({ length: 1 + (index % 5) }, () => invoiceLine({ itemName: `餐费${index}` })),
    }),
    context,
  })),
  { renderer: 'certificate', content: certificate(), context },
  { renderer: 'certificate', content: proof(), context },
  { renderer: 'receipt', content: kindCalled(receipt.kind).drawing(asCore(receipt)).content, context },
];
const own = new OwnThread(RENDERERS);
let threads: RenderThreads;

beforeAll(() => {
  ensureBuilt();
  threads = new RenderThreads(pathToFileURL('dist/src/render-thread.js'), 2);
}, 120_000);
afterAll(() => threads.close());

const bytesOf = (rendered: readonly Rendered[]): Buffer[] =>
  rendered.map((each) => Buffer.from('bytes' in each ? each.bytes : JSON.stringify(each.fault)));

describe('drawing in threads', () => {
  it('gives the bytes that the own thread gives, in the order that was asked for', async () => {
    const [here, there] = await Promise.all([own.render(tasks), threads.render(tasks)]);
    expect(bytesOf(there).map((bytes, index) => bytes.equals(bytesOf(here)[index] ?? Buffer.alloc(0)))).toEqual(
      tasks.map(() => true),
    );
  });

  it('gives these bytes for rare characters too, whichever face a thread met first', async () => {
    const named = (name: string): RenderTask => {
      return { renderer: 'invoice', content: invoice({ buyer: { name }, buyerIsNaturalPerson: 'true' }), context };
    };
    const rare = ['𠮷野㛃䶮', '𡋾示例', '𠀋𠝹', '张示例'].map(named);
    const one = new RenderThreads(pathToFileURL('dist/src/render-thread.js'), 1);
    const [here, there] = await Promise.all([own.render(rare), one.render([...rare].reverse())]);
    await one.close();
    expect(bytesOf([...there].reverse())).toEqual(bytesOf(here));
    expect(bytesOf(here).map((bytes) => bytes.subarray(0, 5).toString())).toEqual(rare.map(() => '%PDF-'));
  });

  it('answers for each document alone: one that cannot be drawn stops no other', async () => {
    const [first, second] = tasks;
    const undrawable = { renderer: 'invoice', content: invoice({ drawer: '김' }), context };
    const answers = await threads.render([first, undrawable, second] as RenderTask[]);
    expect(answers.map((answer) => ('failed' in answer ? answer.failed : 'drawn'))).toEqual([
      'drawn',
      'pdf.undrawable-text',
      'drawn',
    ]);
  });

  it('draws what somebody waits for before a load that was there first, once the batch at hand is done', async () => {
    const one = new RenderThreads(pathToFileURL('dist/src/render-thread.js'), 1);
    await one.render(tasks);
    const ended: string[] = [];
    const asked = async (name: string, wanted: readonly RenderTask[]): Promise<void> => {
      await one.render(wanted);
      ended.push(name);
    };
    const load = Array.from({ length: 5 }, (_, index) => asked(`load ${index}`, tasks.slice(0, 40)));
    await Promise.all([...load, asked('single', tasks.slice(0, 1))]);
    await one.close();
    expect(ended[0]).toBe('single');
  });

  it('blames only the document that a thread dies of', async () => {
    const endless = { renderer: 'invoice', content: invoice({ lines: hugeList() }), context };
    const small = new RenderThreads(pathToFileURL('dist/src/render-thread.js'), 1, 40);
    const answers = await small.render([tasks[0], endless, tasks[1]] as RenderTask[]);
    await small.close();
    expect(answers.map((answer) => 'failed' in answer)).toEqual([false, true, false]);
  }, 120_000);
});

/** More than a thread of that size can lay out. */
function hugeList(): ReturnType<typeof invoiceLine>[] {
  return Array.from({ length: 8_000 }, (_, index) => invoiceLine({ itemName: `第${index}号`.repeat(4) }));
}
