//go:build !unix

package testrun

import "os/exec"

// group leaves a command as it is: there are no process groups.
func group(*exec.Cmd) (kill func()) { return func() {} }
