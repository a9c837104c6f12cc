# Flaglint asks the go command for packages, so its image is Go's.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /flaglint ./cmd/flaglint

FROM golang:1.26
COPY --from=build /flaglint /usr/local/bin/flaglint
# A mounted checkout belongs to another user than the container's.
RUN git config --system --add safe.directory '*'
WORKDIR /src
ENTRYPOINT ["flaglint"]
