using System.CommandLine;
using Tributary.Server.Commands;

var root = new RootCommand("Tributary: a deals engine that speaks six HTTP dialects.")
{
    Serve.Command(),
    SandboxCommand.Command(),
    ImportCommand.Command(),
};
root.SetAction((_, ct) => Serve.Run(ct));
return await root.Parse(args).InvokeAsync();
