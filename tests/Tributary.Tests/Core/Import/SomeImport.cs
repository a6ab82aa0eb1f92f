using System.Text;
using Tributary.Core.Import;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Import;

/// <summary>The text of a file, imported by what is guessed of it.</summary>
internal static class SomeImport
{
    public static async Task<ImportReport> Run(SomeWorkspace some, string file, Func<ImportMapping, ImportMapping> told,
        Func<ImportOrder, ImportOrder>? with = null, CancellationToken? ct = null)
    {
        Stream Open() => new MemoryStream(Encoding.UTF8.GetBytes(file));
        var guess = await Importer.Guess(Open, "crm", null, TestContext.Current.CancellationToken);
        var order = new ImportOrder { Mapping = told(guess.Mapping), Open = Open };
        return await new Importer(some.Db).Run(some.Admin, with?.Invoke(order) ?? order, ct ?? TestContext.Current.CancellationToken);
    }

    public static Func<ImportMapping, ImportMapping> Creating(params ImportNoun[] nouns) =>
        mapping => mapping with { Missing = nouns.ToDictionary(noun => noun, _ => MissingPolicy.Create) };
}
