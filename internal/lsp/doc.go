// Package lsp is the language server: diagnostics, hover, definition, references,
// code actions and completion for Go files and registries, over JSON-RPC.
//
// Serve reads messages one by one. Notifications change the documents (document.go)
// and tell the views what to look at again (view.go); requests run in goroutines of
// their own. A view is a directory that `flaglint check` would run in: a workspace
// folder, or the module of an open file that no folder's program holds. Its one
// worker (work.go) owns the live program: it types and analyses what changed,
// publishes diagnostics, and leaves a snapshot (snapshot.go) that requests answer
// from. What a document holds counts, saved or not.
//
// Positions are bytes everywhere but in messages; position.go converts between both in the
// encoding that the client agreed to.
package lsp
