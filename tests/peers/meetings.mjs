// Reads questions, one JSON object a line, and answers each with the vendors' own libraries.
import { createInterface } from "node:readline";
import { importSPKI, jwtVerify } from "jose";
import { AccessToken, TokenVerifier, WebhookReceiver } from "livekit-server-sdk";
import { createHash } from "node:crypto";

const answers = {
  // LiveKit: what a token of ours says.
  livekit_token: ({ key, secret, token }) => new TokenVerifier(key, secret).verify(token),
  // LiveKit: the header of a hook with this body.
  livekit_sign: ({ key, secret, body }) => {
    const token = new AccessToken(key, secret);
    token.sha256 = createHash("sha256").update(body).digest("base64");
    return token.toJwt();
  },
  // LiveKit: whether its own receiver takes a hook.
  livekit_receive: async ({ key, secret, body, header }) =>
    (await new WebhookReceiver(key, secret).receive(body, header)).event,
  // Jitsi: what a token of ours says.
  jitsi_token: async ({ token, secret, publicKey, now }) => {
    const key = publicKey ? await importSPKI(publicKey, "RS256") : new TextEncoder().encode(secret);
    const checked = await jwtVerify(token, key, { audience: "jitsi", currentDate: new Date(now) });
    return { ...checked.payload, header: checked.protectedHeader };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...values } = JSON.parse(line);
  try {
    console.log(JSON.stringify({ answer: await answers[ask](values) }, (_, value) => (typeof value === "bigint" ? String(value) : value)));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error.message ?? error) }));
  }
}
