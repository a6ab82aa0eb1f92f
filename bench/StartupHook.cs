using System.Globalization;
using System.Net.Sockets;
using System.Text;

// The runtime wants this name and no namespace.
// https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md

/// <summary>
/// Runs inside the measured process before its Main, because the bench names this assembly in DOTNET_STARTUP_HOOKS: one thread that
/// waits on a socket and tells, when asked, how many bytes the runtime has allocated. When the bench is gone, so is the process.
/// </summary>
internal static class StartupHook
{
    internal const string Variable = "TRIBUTARY_BENCH_GAUGE";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } path) return;
        // Not for the processes that this one may start.
        Environment.SetEnvironmentVariable(Variable, null);
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        new Thread(() => Answer(socket)) { IsBackground = true, Name = "bench gauge" }.Start();
    }

    private static void Answer(Socket socket)
    {
        var asked = new byte[1];
        try
        {
            while (socket.Receive(asked) > 0)
            {
                var allocated = GC.GetTotalAllocatedBytes().ToString(CultureInfo.InvariantCulture);
                socket.Send(Encoding.ASCII.GetBytes(allocated));
            }
        }
        catch (SocketException)
        {
            // Gone without a word.
        }
        Environment.Exit(0);
    }
}
