using Tributary.Server.Hosting;

namespace Tributary.Server.Commands;

/// <summary>Reads the section "Tributary" from appsettings.json and the environment, and refuses what cannot be used.</summary>
internal static class Settings
{
    private static readonly string[] dialects = ["native", "pipedrive", "automatenexus", "switch", "cpod", "ysuite"];

    public static TributaryOptions Read() =>
        Read(configuration => configuration.AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables());

    public static TributaryOptions Read(Action<IConfigurationBuilder> sources)
    {
        TributaryOptions options;
        try
        {
            var builder = new ConfigurationBuilder();
            sources(builder);
            // A setting that nobody reads is a typing error.
            options = builder.Build().GetSection("Tributary")
                .Get<TributaryOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new();
        }
        catch (InvalidDataException unreadable)
        {
            throw new SettingsException([$"appsettings.json cannot be read: {unreadable.InnerException?.Message ?? unreadable.Message}"]);
        }
        catch (InvalidOperationException wrong) when (wrong.Message.Contains(nameof(BinderOptions.ErrorOnUnknownConfiguration),
            StringComparison.Ordinal))
        {
            throw new SettingsException(
                [$"These are no settings of the section Tributary: {wrong.Message[(wrong.Message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]}."]);
        }
        catch (InvalidOperationException wrong)
        {
            throw new SettingsException([wrong.Message]);
        }
        var problems = options.Problems(dialects).ToList();
        return problems.Count == 0 ? options : throw new SettingsException(problems);
    }
}
