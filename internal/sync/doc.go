// Package sync fetches the flags of services and stores.
//
// # How data flows through
//
// A Source is what the configuration says of one service or store: its type, address,
// project, environments, and the name of the variable that holds its token. The type
// picks a Fetcher (Types, StoreTypes, and the packages below this one, which need
// drivers). The fetcher of a service asks for documents, by a Client that pages, waits, tries
// again and keeps secrets, and hands each to the parser of its registry format, the
// same that reads such files. That of a store asks for rows or keys, which are read as
// those of a CSV file. Run fetches all sources and returns a new Snapshot, in
// which what did not change is as it was, and the Changes since the last one. Nothing
// is written here: the command does that, when all has gone well.
//
// # Secrets
//
// A token comes from Options.Token, by its name, and goes into headers or addresses
// that errors do not show: an error names the source, the host and what to do.
package sync
