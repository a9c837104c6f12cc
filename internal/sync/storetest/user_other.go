//go:build !unix

package storetest

import (
	"os"
	"os/exec"
)

func own(string) error { return nil }

func unprivileged(*exec.Cmd) {}

func stop(p *os.Process, _ bool) { _ = p.Kill() }
