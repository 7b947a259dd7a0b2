# embargod in a container: built in one stage, and only what running it takes in the last. Config in /config, data in /data.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package of ours needs a script to be installed.
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE CHANGELOG.md ./
COPY config ./config
COPY templates ./templates
RUN install -d -o node -g node -m 700 /data && install -d -o node -g node -m 755 /config
USER node
VOLUME /data

# Asks /healthz, so service.yaml must say http: { host: 127.0.0.1, port: 9464 }; another port goes into this variable.
ENV EMBARGOD_HEALTH_PORT=9464
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.EMBARGOD_HEALTH_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

# Letters under way are finished before it stops: give it time (docker run --stop-timeout 90).
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "/app/dist/cli.js"]
CMD ["run", "--config", "/config"]
