using System.CommandLine;
using Tributary.Server.Commands;

var noDemo = Serve.NoDemo();
var root = new RootCommand("Tributary: a deals engine that speaks six HTTP dialects. Without a command it serves.")
{
    noDemo,
    Serve.Command(),
    SandboxCommand.Command(),
    ImportCommand.Command(),
    KeyCommand.Command(),
    SigningKeyCommand.Command(),
    UserCommand.Command(),
    BackupCommand.Command(),
    RestoreCommand.Command(),
    VerifyCommand.Command(),
    ExportCommand.Command(),
    OpenApiCommand.Command(),
};
root.SetAction((parsed, ct) => Serve.Run(!parsed.GetValue(noDemo), ct));
return await root.Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
