import protobuf from 'protobufjs';

// The messages and field numbers of ONNX IR 8 (Apache-2.0, https://onnx.ai) that a written model
// uses; facts of the wire format, described here anew.
const field = (id: number, type: string): protobuf.IField => ({ id, type });
const many = (id: number, type: string): protobuf.IField => ({ id, type, rule: 'repeated' });

const messages: Record<string, protobuf.IType> = {
  ModelProto: {
    fields: {
      irVersion: field(1, 'int64'),
      producerName: field(2, 'string'),
      graph: field(7, 'GraphProto'),
      opsetImport: many(8, 'OperatorSetIdProto'),
    },
  },
  OperatorSetIdProto: { fields: { domain: field(1, 'string'), version: field(2, 'int64') } },
  GraphProto: {
    fields: {
      node: many(1, 'NodeProto'),
      name: field(2, 'string'),
      initializer: many(5, 'TensorProto'),
      input: many(11, 'ValueInfoProto'),
      output: many(12, 'ValueInfoProto'),
    },
  },
  NodeProto: {
    fields: {
      input: many(1, 'string'),
      output: many(2, 'string'),
      name: field(3, 'string'),
      opType: field(4, 'string'),
      attribute: many(5, 'AttributeProto'),
      domain: field(7, 'string'),
    },
  },
  AttributeProto: {
    fields: {
      name: field(1, 'string'),
      f: field(2, 'float'),
      i: field(3, 'int64'),
      s: field(4, 'bytes'),
      floats: many(7, 'float'),
      ints: many(8, 'int64'),
      strings: many(9, 'bytes'),
      type: field(20, 'int32'),
    },
  },
  TensorProto: {
    fields: {
      dims: many(1, 'int64'),
      dataType: field(2, 'int32'),
      name: field(8, 'string'),
      rawData: field(9, 'bytes'),
    },
  },
  ValueInfoProto: { fields: { name: field(1, 'string'), type: field(2, 'TypeProto') } },
  TypeProto: { fields: { tensorType: field(1, 'TypeTensor') } },
  TypeTensor: { fields: { elemType: field(1, 'int32'), shape: field(2, 'TensorShapeProto') } },
  TensorShapeProto: { fields: { dim: many(1, 'Dimension') } },
  Dimension: {
    oneofs: { value: { oneof: ['dimValue', 'dimParam'] } },
    fields: { dimValue: field(1, 'int64'), dimParam: field(2, 'string') },
  },
};

const root = protobuf.Root.fromJSON({ nested: { onnx: { nested: messages } } });

/** The whole model: the one message that is encoded and decoded. */
export const ModelProto: protobuf.Type = root.lookupType('onnx.ModelProto');

/** ONNX's numbers for element types. */
export const ELEMENT = { float32: 1, int64: 7 } as const;

/** ONNX's numbers for kinds of attribute. */
export const ATTRIBUTE = { float: 1, int: 2, string: 3, floats: 6, ints: 7, strings: 8 } as const;
