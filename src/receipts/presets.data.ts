import type { ReceiptKindConfiguration } from './receipt-kind-configuration.js';

const text = (maxLength: number): { readonly type: 'string'; readonly maxLength: number } => ({
  type: 'string',
  maxLength,
});

/** 停车费: shipped as any operator could register it. SAMPLE codes. */
const parking: ReceiptKindConfiguration = {
  name: 'receipt.parking',
  titles: { zh: '停车费电子票据', en: 'Parking receipt' },
  bill: { category: '02', type: '01', title: '停车费电子票据' },
  isSupervised: false,
  fields: {
    type: 'object',
    required: ['plateNo', 'parkingLot', 'enteredAt', 'leftAt'],
    properties: {
      plateNo: { ...text(8), format: 'plate' },
      parkingLot: { ...text(100), format: 'place' },
      enteredAt: { ...text(40), format: 'instant' },
      leftAt: { ...text(40), format: 'instant' },
      spaceNo: text(20),
      orderNo: { ...text(64), format: 'code' },
    },
  },
  layout: {
    columns: '3',
    cells: [
      { field: 'plateNo', label: { zh: '号牌号码', en: 'Plate' } },
      { field: 'parkingLot', label: { zh: '停车场', en: 'Car park' }, span: '2' },
      { field: 'enteredAt', label: { zh: '入场时间', en: 'Entered' } },
      { field: 'leftAt', label: { zh: '离场时间', en: 'Left' } },
      { field: 'spaceNo', label: { zh: '车位号', en: 'Space' } },
      { field: 'orderNo', label: { zh: '订单号', en: 'Order' }, span: '2' },
    ],
  },
  publicFacts: [{ field: 'parkingLot', label: { zh: '停车场', en: 'Car park' } }],
  lifeCycle: 'write-off',
};

/** 充电费: with a list of what was charged when. SAMPLE codes. */
const charging: ReceiptKindConfiguration = {
  name: 'receipt.charging',
  titles: { zh: '充电服务费电子票据', en: 'Vehicle charging receipt' },
  bill: { category: '02', type: '02', title: '充电服务费电子票据' },
  isSupervised: false,
  fields: {
    type: 'object',
    required: ['station', 'startedAt', 'endedAt', 'energy'],
    properties: {
      station: { ...text(100), format: 'place' },
      pileNo: text(32),
      startedAt: { ...text(40), format: 'instant' },
      endedAt: { ...text(40), format: 'instant' },
      energy: { ...text(25), format: 'decimal' },
      plateNo: { ...text(8), format: 'plate' },
      sessions: {
        type: 'array',
        maxItems: 200,
        items: {
          type: 'object',
          required: ['period', 'energy'],
          properties: { period: text(40), tariff: text(20), energy: { ...text(25), format: 'decimal' } },
        },
      },
    },
  },
  layout: {
    columns: '3',
    cells: [
      { field: 'station', label: { zh: '充电站', en: 'Station' }, span: '2' },
      { field: 'pileNo', label: { zh: '充电桩', en: 'Charging point' } },
      { field: 'startedAt', label: { zh: '开始时间', en: 'Started' } },
      { field: 'endedAt', label: { zh: '结束时间', en: 'Ended' } },
      { field: 'energy', label: { zh: '电量（千瓦时）', en: 'Energy (kWh)' } },
      { field: 'plateNo', label: { zh: '号牌号码', en: 'Plate' } },
    ],
    lists: [
      {
        field: 'sessions',
        title: { zh: '分时电量清单', en: 'Energy by time' },
        columns: [
          { field: 'period', label: { zh: '时段', en: 'Period' }, share: '4' },
          { field: 'tariff', label: { zh: '电价类别', en: 'Tariff' }, share: '3', align: 'center' },
          { field: 'energy', label: { zh: '电量（千瓦时）', en: 'Energy (kWh)' }, share: '3', align: 'right' },
        ],
      },
    ],
  },
  publicFacts: [{ field: 'energy', label: { zh: '电量（千瓦时）', en: 'Energy (kWh)' } }],
  lifeCycle: 'write-off',
};

/** Kinds that every installation has, and that are nothing but configurations. */
export const PRESETS: readonly ReceiptKindConfiguration[] = [parking, charging];
