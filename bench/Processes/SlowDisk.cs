namespace Tributary.Bench.Processes;

/// <summary>
/// A disk that takes its time: a program started through it waits so many milliseconds longer in each sync that it asks for, and is not
/// slowed otherwise (strace looks at these calls alone). What a fast disk hides, such as how many share a sync, shows on it.
/// </summary>
internal sealed record SlowDisk(int Milliseconds)
{
    public static readonly SlowDisk AsItIs = new(0);

    public (string Program, IReadOnlyList<string> Arguments) Through(string program, IReadOnlyList<string> arguments)
    {
        if (Milliseconds == 0) return (program, arguments);
        if (!File.Exists("/usr/bin/strace"))
        {
            throw new InvalidOperationException("strace is needed to slow syncs (Debian: apt install strace).");
        }
        // -D: the program stays the process that was started; strace is beside it and ends with it.
        return ("strace", ["-D", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e",
            $"inject=fsync,fdatasync:delay_exit={Milliseconds * 1000}", program, .. arguments]);
    }
}
