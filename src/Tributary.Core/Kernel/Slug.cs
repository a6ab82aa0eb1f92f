using System.Text;

namespace Tributary.Core.Kernel;

/// <summary>A name as one word that is easy to type: letters and digits of ASCII, joined by underscores.</summary>
public static class Slug
{
    /// <summary>"Größe (cm)" → "grosse_cm"; blank when nothing of the name can be spelled that way. The slug of a slug is itself.</summary>
    public static string Of(string name, int max)
    {
        var slug = new StringBuilder();
        foreach (var character in Folding.Fold(name))
        {
            if (char.IsAsciiLetterOrDigit(character)) slug.Append(character);
            else if (slug.Length > 0 && slug[^1] != '_') slug.Append('_');
            if (slug.Length == max) break;
        }
        return slug.ToString().TrimEnd('_');
    }
}
