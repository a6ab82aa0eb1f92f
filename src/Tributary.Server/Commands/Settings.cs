using Tributary.Server.Hosting;

namespace Tributary.Server.Commands;

/// <summary>Reads the section "Tributary" from appsettings.json and the environment.</summary>
internal static class Settings
{
    public static TributaryOptions Read() => new ConfigurationBuilder()
        .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .Build()
        .GetSection("Tributary").Get<TributaryOptions>() ?? new();
}
