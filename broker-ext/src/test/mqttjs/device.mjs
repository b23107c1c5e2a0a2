// A device made of MQTT.js alone: publishes a good and a broken message, listens, answers the first question, refuses
// to be located, and goes. What happens it tells on standard output, one JSON object a line.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';

const { url, id, secret, protocolVersion, activity } = JSON.parse(readFileSync(0, 'utf8'));
const modern = protocolVersion === 5;
const CANNOT = 0x83;
const topic = (kind) => `dolbom/v1/${id}/telemetry/${kind}`;
const tell = (what) => console.log(JSON.stringify(what));
let seq = 0;

const client = mqtt.connect(url, {
  protocolVersion,
  clientId: id,
  username: id,
  password: secret,
  clean: true,
  reconnectPeriod: 0,
  customHandleAcks: (topicName, message, packet, done) => done(topicName.endsWith('/locate') && modern ? CANNOT : 0),
});

const publish = (kind, body, properties) =>
  new Promise((resolve) => {
    client.publish(topic(kind), body, { qos: 1, ...(modern ? { properties } : {}) }, (error, packet) =>
      resolve({ code: error?.code ?? packet?.reasonCode ?? 0, reason: packet?.properties?.reasonString ?? '' }));
  });
const body = (data) => JSON.stringify({ id: randomUUID(), time: new Date().toISOString(), seq: seq++, data });

client.on('error', (error) => { tell({ event: 'error', message: error.message }); process.exit(1); });

client.on('connect', async () => {
  tell({ event: 'activity', ...(await publish('activity', activity, { contentType: 'application/json' })) });
  if (modern) {
    tell({ event: 'broken', ...(await publish('activity', body({ windowSeconds: 'ten' }))) });
  }
  const granted = await client.subscribeAsync(`dolbom/v1/${id}/command/+`, { qos: 1 });
  tell({ event: 'listening', qos: granted[0].qos });
});

client.on('message', async (topicName, message, packet) => {
  const command = JSON.parse(message);
  const { responseTopic, correlationData, contentType } = packet.properties ?? {};
  tell({ event: 'command', topic: topicName, id: command.id, responseTopic, contentType });
  if (topicName.endsWith('/check-in')) {
    const answer = body({ commandId: command.id, answer: 'fine', by: 'button' });
    tell({ event: 'answer', ...(await publish('check-in', answer, { correlationData })) });
    client.end();
  }
});
